type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL: `http_proxy`, `https_proxy`, `all_proxy`, except for `no_proxy`; also in
 * capitals but for `HTTP_PROXY`, which a web server's clients can set.
 *
 * @returns its URL, or `null` for a direct connection
 */
export function proxyFromEnvironment(url: URL, env: Env): string | null {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const all = env['all_proxy'] || env['ALL_PROXY'];
  const proxy = env[name] || (name === 'https_proxy' ? env['HTTPS_PROXY'] : undefined) || all;
  if (!proxy || isExcepted(url, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return null;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** Whether the environment says anything about proxies: then nobody else needs to be asked. */
export function namesProxies(env: Env): boolean {
  const names = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  return names.some((name) => Boolean(env[name]));
}

/**
 * The first usable proxy of a list as the system or a configuration script gives it: `PROXY host:port; DIRECT`.
 *
 * @returns its URL, or `null` for a direct connection, also if only kinds are named that we do not speak (SOCKS)
 */
export function proxyFromList(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/);
    const scheme = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()];
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (scheme !== undefined && URL.canParse(`${scheme}://${place}`)) return `${scheme}://${place}`;
  }
  return null;
}

/** `*`, or names and addresses between commas; a name also stands for what is below it, and may carry a port. */
function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const withPort = /^(\[[^\]]*\]|[^:]*):([0-9]+)$/.exec(entry);
      if (withPort !== null && withPort[2] !== port) return false;
      const name = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      return host === name || host.endsWith(`.${name}`);
    });
}
