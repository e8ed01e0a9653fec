// The parts of undici that are used. Its index loads the whole of it, fetch, WebSocket and mocks included, which takes three times
// as long and is most of what a command waits for when it finds that there is no network.
import api from 'undici/lib/api/index.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';

// As the index does: `request` and its like are methods of every dispatcher.
Object.assign(Dispatcher.prototype, api);

export { Agent, buildConnector, ProxyAgent };
