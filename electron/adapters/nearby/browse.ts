import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import type { NearbyPeer } from '../../core/ports/nearby.ts';
import { dnsTypes, parseDns, printDns } from '../../core/sharing/dns-message.ts';
import { isLocalAddress, localAddresses, multicastGroup, multicastPort, serviceName } from './service.ts';

const maxPeers = 32;

/**
 * Asks the local networks who offers implementations.
 *
 * A peer is reached where its answer came from, whatever addresses it names: so nobody can make this computer connect to
 * somebody else.
 *
 * @param waitMs how long answers are collected
 */
export async function browse(waitMs: number, signal: AbortSignal): Promise<readonly NearbyPeer[]> {
  const found = new Map<string, NearbyPeer>();
  const id = randomInt(1, 65_536);
  const question = printDns({
    id,
    isAnswer: false,
    questions: [{ name: serviceName, type: dnsTypes.ptr }],
    records: [],
  });
  const sockets = localAddresses().map((address) => {
    const socket = createSocket('udp4');
    socket.on('error', () => {});
    socket.on('message', (bytes, from) => {
      const message = parseDns(bytes);
      if (message?.isAnswer !== true || message.id !== id || !isLocalAddress(from.address)) return;
      for (const record of message.records) {
        const isOurs = record.type === 'srv' && record.name.endsWith(`.${serviceName}`) && record.ttlSeconds > 0;
        if (!isOurs || record.port === 0 || found.size >= maxPeers) continue;
        found.set(`${from.address}:${record.port}`, { address: from.address, port: record.port });
      }
    });
    socket.bind(0, address, () => {
      socket.setMulticastInterface(address);
      socket.setMulticastTTL(1);
      socket.send(question, multicastPort, multicastGroup, () => {});
    });
    return socket;
  });
  try {
    await Promise.race([
      new Promise((resolve) => setTimeout(resolve, sockets.length === 0 ? 0 : waitMs)),
      ...(signal.aborted ? [Promise.resolve()] : [once(signal, 'abort')]),
    ]);
  } finally {
    for (const socket of sockets) socket.close();
  }
  return [...found.values()];
}
