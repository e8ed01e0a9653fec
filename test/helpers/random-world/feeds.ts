import { drawCommands } from './commands.ts';
import { drawBinding, drawDependency, drawNeed } from './dependencies.ts';
import { drawImplementation, drawShared, type FeedDraft } from './implementations.ts';
import { referenceTo, type OtherFeed, type PlannedFeed, type PlannedRole, type WorldPlan } from './plan.ts';
import { documentText, tag } from './xml.ts';

/** The text of one feed of a role. Adds to `stored` what is to be found in the store. */
export function drawFeed(plan: WorldPlan, role: PlannedRole, feed: PlannedFeed, stored: Set<string>): string {
  const { random, isDamaged } = plan;
  const draft: FeedDraft = { place: { role, feed }, ids: [], stored };
  const content = [
    ...(isDamaged() ? [] : [tag('name', {}, [`Role ${role.index}`])]),
    tag('summary', {}, ['made by chance']),
    ...(feed === role.main ? role.others.flatMap((other) => drawImport(plan, other, feed)) : []),
    ...drawMoreImports(plan, feed),
    ...drawReplacement(plan, role, feed),
    ...(random.chance(0.1) ? [tag('needs-terminal', {}), tag('unheard-of', {}), tag('x:y', { a: 'b' })] : []),
  ];
  const wanted = feed === role.main ? role.versions.length : random.between(1, 3);
  while (draft.ids.length < wanted) content.push(drawGroup(plan, draft, { wanted, depth: 0 }));
  const uri = feed.isRemote ? (isDamaged() ? 'http://127.0.0.1:1/other.xml' : feed.name) : random.pick([null, 'x']);
  const attributes = {
    uri,
    'min-injector-version': isDamaged() ? '99' : random.pick([null, '1.0']),
    main: random.chance(0.05) ? 'root-main' : null,
  };
  const text = documentText(random.chance(0.1) ? 'feed' : 'interface', attributes, content);
  const isBroken = isDamaged() || (feed !== role.main && plan.has('broken'));
  return isBroken ? text.slice(0, -5) : text;
}

function drawImport(plan: WorldPlan, other: OtherFeed, from: PlannedFeed): readonly string[] {
  if (other.kind !== 'imported') return [];
  const src = referenceTo(plan, other, from);
  if (src === null || (src.startsWith('/') && !plan.isDamaged())) return [];
  return [tag('feed', { src, arch: other.arch, langs: plan.random.pick([null, null, 'fr']) })];
}

/** Imports without much sense: itself, or what speaks for another component. */
function drawMoreImports(plan: WorldPlan, feed: PlannedFeed): readonly string[] {
  const { random, roles, has } = plan;
  if (!has('import') || !random.chance(0.2)) return [];
  const target = random.chance(0.3) ? feed : random.pick(roles).main;
  const src = referenceTo(plan, target, feed);
  return src === null || src.startsWith('/') ? [] : [tag('feed', { src, arch: random.pick([null, '*-*']) })];
}

function drawReplacement(plan: WorldPlan, role: PlannedRole, feed: PlannedFeed): readonly string[] {
  const { random, roles, has, isDamaged } = plan;
  if (!has('replaced')) return [];
  const target = random.chance(0.1) ? role : random.pick(roles);
  const reference = referenceTo(plan, target.main, feed);
  if (reference === null || reference.startsWith('/')) return [];
  const element = tag('replaced-by', { interface: reference });
  return isDamaged() ? [element, element] : [element];
}

/** A group with implementations and perhaps groups; sometimes one implementation without a group. */
function drawGroup(
  plan: WorldPlan,
  draft: FeedDraft,
  { wanted, depth }: { readonly wanted: number; readonly depth: number },
): string {
  const { random, has, traits } = plan;
  const { place } = draft;
  const shared = drawShared(plan, place);
  const commands = drawCommands(plan, place, shared['arch']?.endsWith('-src') === true);
  const attributes = { ...shared, ...commands.attributes };
  const content = [...commands.elements];
  const needs = random.below(traits.mostNeeds + 1);
  // A main program without needs would be an answer to everything.
  if (depth === 0 && random.chance(place.role.index === 0 ? 0.95 : 0.4)) content.push(...drawNeed(plan, place));
  for (let count = 0; count < needs; count++) content.push(...drawDependency(plan, place));
  if (has('selfBinding')) content.push(drawBinding(plan));
  const mixed = random.chance(0.2) ? random.some(content, content.length) : content;
  if (random.chance(0.2)) return drawImplementation(plan, draft, { attributes, content: mixed });

  const members: string[] = [];
  const size = random.between(1, Math.max(1, wanted - draft.ids.length));
  const end = draft.ids.length + size;
  while (draft.ids.length < end) {
    if (depth < 3 && has('nested')) members.push(drawGroup(plan, draft, { wanted: end, depth: depth + 1 }));
    else members.push(drawMember(plan, draft));
    if (has('twins')) members.push(drawMember(plan, draft));
  }
  return tag('group', attributes, [...mixed, ...members]);
}

/** An implementation of a group, mostly as the group says. */
function drawMember(plan: WorldPlan, draft: FeedDraft): string {
  const { random } = plan;
  if (random.chance(0.6)) return drawImplementation(plan, draft, { attributes: {}, content: [] });
  const own = drawShared(plan, draft.place);
  const content = random.chance(0.2) ? drawDependency(plan, draft.place) : [];
  const main = random.chance(0.05) ? 'own-main' : null;
  return drawImplementation(plan, draft, { attributes: { ...own, main }, content });
}
