/** Sites where a project's problems are told under `/issues`. */
const forges = ['github.com', 'gitlab.com', 'codeberg.org', 'gitlab.gnome.org', 'invent.kde.org', 'salsa.debian.org'];

/** Where to tell a program's publisher of a problem: the issue page of a project whose home is one, else its homepage. */
export function issuePage(homepage: string): string {
  if (!URL.canParse(homepage)) return homepage;
  const { protocol, host, pathname } = new URL(homepage);
  const [owner, project] = pathname.split('/').filter(Boolean);
  if (!forges.includes(host) || owner === undefined || project === undefined) return homepage;
  const ending = host === 'github.com' || host === 'codeberg.org' ? 'issues' : '-/issues';
  return `${protocol}//${host}/${owner}/${project.replace(/\.git$/, '')}/${ending}`;
}
