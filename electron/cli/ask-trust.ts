import type { Answer, TrustQuestion } from '../../shared/model/job.ts';
import type { Console } from './context.ts';

/** The trust question on the console. Anything but a clear yes refuses. @see trust-and-download.md 4.5 */
export async function askOnConsole(question: TrustQuestion, out: Console): Promise<Answer> {
  const lines = [`Feed: ${question.feed}`, 'It is signed with:'];
  for (const key of question.keys) {
    lines.push(`- ${groupsOfFour(key.fingerprint)}`, `  claimed identity: ${key.claimedIdentity ?? 'none'}`);
    for (const hint of key.hints) lines.push(`  ${hint.vote === 'good' ? '+' : '!'} ${hint.text}`);
    if (key.hints.length === 0) lines.push('  ! Nothing is known about this key.');
    for (const warning of key.warnings) lines.push(`  ! weak or unusual: ${warning}`);
    if (key.trustedDomains.length > 0) lines.push(`  trusted already for: ${key.trustedDomains.join(', ')}`);
  }
  if (question.previousSigners.length > 0) {
    lines.push('! The signer has changed. Until now this feed was signed by:');
    for (const key of question.previousSigners)
      lines.push(`  ${groupsOfFour(key.fingerprint)} (${key.claimedIdentity ?? 'no name'})`);
  }
  if (question.approvedKeys.length > 0) {
    lines.push(
      `! Other keys are trusted for ${question.domain}: ${question.approvedKeys.map((key) => groupsOfFour(key.fingerprint)).join('; ')}`,
    );
  }
  out.complain(`${lines.join('\n')}\n`);
  const what = question.keys.length === 1 ? 'this key' : 'all of these keys';
  for (;;) {
    const answer = await out.ask(`Do you want to trust ${what} to sign feeds from '${question.domain}'? [y/N] `);
    if (answer === null || /^\s*(n|no)?\s*$/i.test(answer)) return { trust: [] };
    if (/^\s*(y|yes)\s*$/i.test(answer)) return { trust: question.keys.map((key) => key.fingerprint) };
  }
}

function groupsOfFour(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ');
}
