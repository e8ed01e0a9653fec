import { EventEmitter, once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSearchService } from '../../../electron/services/search-service.ts';
import { createDeskWorld } from '../../helpers/desk-world.ts';
import { file, startServer, type Behaviour } from '../../helpers/server.ts';

const results = '<results><result uri="http://a.example/vim.xml" name="Vim" score="95"/></results>';

/** Searches at a server of our own, which leaves “slow” unanswered. */
async function createSearches() {
  const server = await startServer();
  onTestFinished(() => server.close());
  const { desk } = await createDeskWorld();
  const news = new EventEmitter<{ asked: []; left: [] }>();
  const silent: Behaviour = async (_request, response) => {
    news.emit('asked');
    await once(response, 'close');
    news.emit('left');
  };
  server.on('/search/?q=slow', silent);
  server.on('/search/?q=editor', file(results));
  const searches = createSearchService({ select: desk.select, http: desk.http, mirror: server.origin });
  return { searches, desk, server, isAsked: once(news, 'asked'), isLeftAlone: once(news, 'left') };
}

describe('the search of the mirror [W14]', () => {
  it('tells what was found', async () => {
    const { searches } = await createSearches();
    expect(await searches.search('editor')).toEqual([
      { uri: 'http://a.example/vim.xml', name: 'Vim', summary: '', score: 95 },
    ]);
  });

  it('ends when another one begins', async () => {
    const { searches, isAsked, isLeftAlone } = await createSearches();
    const first = searches.search('slow');
    const ended = expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await isAsked;
    expect(await searches.search('editor')).toHaveLength(1);
    await ended;
    await isLeftAlone;
  });

  it('ends when nobody waits for it any more', async () => {
    const { searches, isAsked, isLeftAlone } = await createSearches();
    const ended = expect(searches.search('slow')).rejects.toMatchObject({ code: 'cancelled' });
    await isAsked;
    searches.stop();
    await ended;
    await isLeftAlone;
    expect(await searches.search('editor')).toHaveLength(1);
    searches.stop();
  });

  it('does not begin when it was ended at once', async () => {
    const { searches, server } = await createSearches();
    const ended = expect(searches.search('slow')).rejects.toMatchObject({ code: 'cancelled' });
    searches.stop();
    await ended;
    expect(server.paths()).toEqual([]);
  });

  it('is not made while the network is not to be used', async () => {
    const { searches, desk, server } = await createSearches();
    await desk.config.write({ networkUse: 'off-line' });
    await expect(searches.search('editor')).rejects.toMatchObject({ code: 'network-offline' });
    expect(server.paths()).toEqual([]);
  });
});
