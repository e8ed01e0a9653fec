import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../helpers/electron-app.ts';
import { calls } from '../../shared/ipc/contract.ts';

// What an attacker could do who has brought a script into our page: everything here runs in it.

/** A web server and a UDP port that count who comes. */
async function startListener() {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(`http ${request.url ?? ''}`);
    response.end('{}');
  });
  server.on('upgrade', (request, socket) => {
    visits.push(`upgrade ${request.url ?? ''}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const udp = createSocket('udp4');
  udp.on('message', () => visits.push('udp'));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  return {
    visits,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    udpPort: udp.address().port,
    close: () => {
      server.close();
      udp.close();
    },
  };
}

test('a script in the page has no Node.js, no modules, and three functions of ours', async ({ window }) => {
  const found = await window.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'setImmediate', 'ipcRenderer'];
    const bridge = (window as unknown as { zerodesk: Record<string, unknown> }).zerodesk;
    let wasReplaced = false;
    try {
      bridge['call'] = () => 'mine';
      wasReplaced = (bridge['call'] as () => unknown)() === 'mine';
    } catch {
      wasReplaced = false;
    }
    return {
      globals: names.filter((name) => name in window),
      bridge: Object.keys(bridge).sort(),
      constructor: String((bridge['on'] as () => unknown).constructor === Function),
      wasReplaced,
    };
  });
  expect(found).toEqual({ globals: [], bridge: ['call', 'drop', 'on'], constructor: 'true', wasReplaced: false });
});

test('it reaches no network and no file', async ({ window }) => {
  const listener = await startListener();
  const { url, udpPort } = listener;
  const results = await window.evaluate(
    async ({ base, port }) => {
      const outcome = async (action: () => unknown): Promise<string> => {
        try {
          const value = await action();
          return `got ${String(value)}`;
        } catch (error) {
          return (error as Error).name;
        }
      };
      const element = (name: string, attributes: Record<string, string>): Promise<string> =>
        new Promise((resolve) => {
          const part = Object.assign(document.createElement(name), attributes);
          part.addEventListener('load', () => resolve('loaded'));
          part.addEventListener('error', () => resolve('error'));
          document.body.append(part);
          setTimeout(() => resolve('nothing'), 500);
        });
      const read = async (address: string) => (await fetch(address)).text();
      const socket = (): Promise<string> =>
        new Promise((resolve) => {
          const one = new WebSocket(`${base.replace('http', 'ws')}/socket`);
          one.onopen = () => resolve('open');
          one.onerror = () => resolve('error');
        });
      const peer = async (): Promise<string> => {
        const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
        connection.createDataChannel('out');
        await connection.setLocalDescription(await connection.createOffer());
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return 'tried';
      };
      const form = document.createElement('form');
      Object.assign(form, { action: `${base}/form`, method: 'post' });
      document.body.append(form);
      await outcome(() => form.submit());
      await outcome(peer);
      return {
        fetch: await outcome(() => read(`${base}/fetch`)),
        noCors: await outcome(() => fetch(`${base}/no-cors`, { mode: 'no-cors' })),
        beacon: await outcome(() => navigator.sendBeacon(`${base}/beacon`, 'x')),
        socket: await outcome(socket),
        image: await element('img', { src: `${base}/image` }),
        script: await element('script', { src: `${base}/script.js` }),
        style: await element('link', { rel: 'stylesheet', href: `${base}/style.css` }),
        prefetch: await element('link', { rel: 'prefetch', href: `${base}/prefetch` }),
        frame: await element('iframe', { src: `${base}/frame` }),
        object: await element('object', { data: `${base}/object` }),
        file: await outcome(() => read('file:///etc/hostname')),
        fileImage: await element('img', { src: 'file:///usr/share/pixmaps/debian-logo.png' }),
        traversal: await outcome(async () => (await fetch('app://zerodesk/%2e%2e/%2e%2e/package.json')).status),
        traversal2: await outcome(async () => (await fetch('app://zerodesk/..%2f..%2fpackage.json')).status),
        otherHost: await outcome(async () => (await fetch('app://elsewhere/index.html')).status),
        worker: await outcome(() => navigator.serviceWorker.register('app://zerodesk/main.js')),
      };
    },
    { base: url, port: udpPort },
  );
  expect(listener.visits).toEqual([]);
  expect(results).toMatchObject({ fetch: 'TypeError', noCors: 'TypeError', socket: 'got error', file: 'TypeError' });
  for (const name of ['image', 'script', 'style', 'prefetch', 'object', 'fileImage'] as const) {
    expect(['error', 'nothing'], name).toContain(results[name]);
  }
  for (const name of ['traversal', 'traversal2', 'otherHost'] as const) {
    expect(['TypeError', 'got 404'], name).toContain(results[name]);
  }
  expect(results.worker).not.toMatch(/^got/);
  expect(await window.evaluate(() => document.title)).toBe('Zerodesk');
  listener.close();
});

test('it runs no text as code, opens nothing, leaves nowhere, and writes no file', async ({ app, window }) => {
  const listener = await startListener();
  await app.evaluate(({ session }) => {
    const downloads: boolean[] = [];
    Object.assign(globalThis, { downloads });
    // Whether it was refused by those who were asked before.
    session.defaultSession.on('will-download', (event) => downloads.push(event.defaultPrevented));
  });
  const results = await window.evaluate(async (base) => {
    const outcome = (action: () => unknown): string => {
      try {
        return `got ${String(action())}`;
      } catch (error) {
        return (error as Error).name;
      }
    };
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'window.wasRun = true');
    image.src = 'data:image/png;base64,AAAA';
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.srcdoc = '<script>parent.wasRun = true</script>';
    document.body.append(frame);
    const link = Object.assign(document.createElement('a'), { href: 'data:text/plain,evil', download: 'evil.desktop' });
    document.body.append(link);
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return {
      wasRun: 'wasRun' in window,
      inFrame: outcome(() => typeof (frame.contentWindow as unknown as { zerodesk?: unknown }).zerodesk),
      // What is tried here must fail.
      // eslint-disable-next-line no-eval
      evaluated: outcome(() => globalThis.eval('1 + 1')),
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
      made: outcome(() => new Function('return 1')()),
      opened: outcome(() => globalThis.open(`${base}/opened`)),
      openedFile: outcome(() => globalThis.open('file:///etc/hostname')),
    };
  }, listener.url);
  expect(results.inFrame).toMatch(/^(got undefined|SecurityError|TypeError)$/);
  expect(results).toMatchObject({
    wasRun: false,
    evaluated: 'EvalError',
    made: 'EvalError',
    opened: 'got null',
    openedFile: 'got null',
  });
  for (const target of [`${listener.url}/away`, 'file:///etc/hostname', 'data:text/html,x', 'app://elsewhere/']) {
    await window.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: url });
      document.body.append(link);
      link.click();
      globalThis.location.href = url;
    }, target);
    const place = await window.evaluate(
      () => new Promise<string>((resolve) => setTimeout(() => resolve(`${location.href} ${document.title}`), 300)),
    );
    expect(place).toMatch(/^app:\/\/zerodesk\/index\.html\?begin=system Zerodesk$/);
  }
  expect(listener.visits).toEqual([]);
  expect(app.windows()).toHaveLength(1);
  expect(await app.evaluate(() => (globalThis as unknown as { downloads: boolean[] }).downloads)).toEqual([true]);
  listener.close();
});

test('it gets no permission', async ({ window }) => {
  const results = await window.evaluate(async () => {
    const outcome = async (action: () => unknown): Promise<string> => {
      const late = new Promise((resolve) => setTimeout(() => resolve('no answer'), 3000));
      try {
        return `got ${String(await Promise.race([action(), late]))}`;
      } catch (error) {
        return (error as Error).name;
      }
    };
    return {
      camera: await outcome(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await outcome(() => navigator.mediaDevices.getDisplayMedia()),
      place: await outcome(
        () =>
          new Promise((resolve, reject) =>
            navigator.geolocation.getCurrentPosition(resolve, () => reject(new Error())),
          ),
      ),
      notification: await outcome(() => Notification.requestPermission()),
      devices: ['usb', 'bluetooth', 'hid', 'serial'].filter((name) => name in navigator),
      clipboard: await outcome(() => navigator.clipboard.readText()),
      pickers: ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'].filter((name) => name in window),
    };
  });
  expect(results).toMatchObject({ notification: 'got denied', pickers: [], devices: [] });
  for (const name of ['camera', 'screen', 'place', 'clipboard'] as const)
    expect(results[name], name).not.toMatch(/^got/);
});

test('calls that are unknown or misshapen are refused', async ({ window }) => {
  const names = Object.keys(calls);
  const { unknown, misshapen } = await window.evaluate(async (all) => {
    const { call } = (window as unknown as { zerodesk: { call: (name: unknown, input: unknown) => Promise<unknown> } })
      .zerodesk;
    const answer = async (name: unknown, input: unknown): Promise<string> => {
      try {
        const result = (await call(name, input)) as { ok: boolean; error?: { code: string } };
        return result.ok ? 'done' : (result.error?.code ?? '');
      } catch (error) {
        return (error as Error).name;
      }
    };
    const foreign: unknown[] = ['fs.readFile', 'constructor', '__proto__', 'toString', '', null, 5, {}, ['app.info']];
    const bad: unknown[] = [null, 5, 'text', [], true, 1e308, 'x'.repeat(100_000)];
    return {
      unknown: await Promise.all(foreign.map((name) => answer(name, {}))),
      misshapen: Object.fromEntries(
        await Promise.all(
          all.map(async (name) => [name, [...new Set(await Promise.all(bad.map((input) => answer(name, input))))]]),
        ),
      ) as Record<string, string[]>,
    };
  }, names);
  expect(new Set(unknown)).toEqual(new Set(['no-such']));
  for (const name of names) expect(misshapen[name], name).toEqual(['not-allowed']);
  console.log(`${names.length} calls refuse 7 misshapen inputs each`);
});

test('calls take no paths, commands or addresses but those of programs', async ({ window }) => {
  const long = 'x'.repeat(5000);
  const inputs: readonly (readonly [string, unknown])[] = [
    ['link.open', { url: 'file:///etc/passwd' }],
    ['link.open', { url: 'javascript:alert(1)' }],
    ['link.open', { url: `https://a.example/${long}` }],
    ['cache.open', { item: '/etc' }],
    ['cache.open', { item: '../../../etc' }],
    ['cache.delete', { items: ['../../..'] }],
    ['apps.run', { interface: 'file:///etc/passwd' }],
    ['apps.run', { interface: 'javascript:alert(1)' }],
    ['apps.run', { interface: long.repeat(20) }],
    ['apps.run', { interface: 'https://a.example/a.xml', args: Array.from({ length: 5000 }).fill('a') }],
    ['timeline.view', { app: '../../secret' }],
    ['sandbox.view', { app: '../../secret' }],
    ['profile.view', { plan: '/etc/passwd' }],
    ['desktop.undo', { ids: ['/etc/passwd'] }],
    ['settings.set', { networkUse: 'everything' }],
    ['settings.set', { language: '../../etc' }],
  ];
  const answers = await window.evaluate(async (all) => {
    const { call } = (window as unknown as { zerodesk: { call: (name: string, input: unknown) => Promise<unknown> } })
      .zerodesk;
    return Promise.all(
      all.map(async ([name, input]) => {
        const result = (await call(name, input)) as { ok: boolean; error?: { code: string } };
        return result.ok ? 'done' : (result.error?.code ?? '');
      }),
    );
  }, inputs);
  const done = inputs
    .filter((_, index) => answers[index] === 'done')
    .map(([name, input]) => `${name} ${JSON.stringify(input).slice(0, 80)}`);
  expect(done).toEqual([]);
  console.log(`${inputs.length} hostile inputs: ${[...new Set(answers)].join(', ')}`);
});
