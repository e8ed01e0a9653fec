import type { Conflict, Draft, Explanation, TrialResult } from '../../shared/model/index.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { feedDomain } from '../core/trust/domain.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import { formatExplanation } from '../core/select/explain-text.ts';
import type { SelectQuery } from '../core/select/model.ts';
import type { ComponentRequest } from './component-service.ts';
import type { AppLookup } from './app-lookup.ts';
import type { SelectService } from './select-service.ts';

/** A version of a component as seen from a program. */
export interface VersionRequest extends ComponentRequest {
  readonly fromFeed: string;
  readonly id: string;
}

/** Answers questions about selections: why, why not, and what if. Nothing is written or fetched. */
export interface DecisionService {
  /** Why (not) this version? `text` is what the reference says. */
  explain(request: VersionRequest): Promise<{ readonly explanation: Explanation; readonly text: string }>;
  /** Why is there no solution, and what would give one? */
  conflict(root: string): Promise<Conflict>;
  /** What would a draft of changes do? */
  whatIf(root: string, draft: Draft): Promise<TrialResult>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'explain' | 'conflict' | 'compare'>;
  readonly select: Pick<SelectService, 'policy'>;
  readonly lookup: Pick<AppLookup, 'requirementsOf'>;
  readonly trustDb: Pick<TrustDbPort, 'read'>;
}

/** Creates the service. */
export function createDecisionService({ solver, select, lookup, trustDb }: Deps): DecisionService {
  const queryFor = async (root: string): Promise<SelectQuery> => ({
    requirements: await lookup.requirementsOf(root),
    policy: await select.policy(),
  });
  return {
    async explain({ root, interface: uri, isSource, fromFeed, id }) {
      const role = { interface: uri, isSource };
      const [explanation] = await solver.explain({ ...(await queryFor(root)), role, which: { fromFeed, id } });
      if (explanation === undefined) throw new Error('a version that was named has an explanation');
      return { explanation, text: formatExplanation(explanation) };
    },
    conflict: async (root) => solver.conflict(await queryFor(root)),
    async whatIf(root, draft) {
      const comparison = await solver.compare({ ...(await queryFor(root)), draft });
      const { db } = await trustDb.read();
      const trusted = new Set([...db.values()].flat());
      if (trusted.has('*')) return { ...comparison, untrustedDomains: [] };
      const domains = new Set(comparison.missingFeeds.map(feedDomain));
      return { ...comparison, untrustedDomains: [...domains].filter((domain) => !trusted.has(domain)) };
    },
  };
}
