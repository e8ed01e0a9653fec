import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { dnsTypes, parseDns, printDns, type DnsRecord } from '../../core/sharing/dns-message.ts';
import { isLocalAddress, localAddresses, multicastGroup, multicastPort, serviceName } from './service.ts';

const ttlSeconds = 120;

/** Makes a port of this computer known to its local networks until it is closed. @throws errors of the system */
export async function announce(port: number): Promise<{ readonly close: () => Promise<void> }> {
  // By chance: the name of the computer is nobody's business.
  const instance = `zerodesk-${randomBytes(6).toString('hex')}`;
  const sockets = await Promise.all(localAddresses().map((address) => openOn(address)));
  const recordsFor = (address: string, ttl = ttlSeconds): readonly DnsRecord[] => {
    const name = `${instance}.${serviceName}`;
    return [
      { type: 'ptr', name: serviceName, ttlSeconds: ttl, target: name },
      { type: 'srv', name, ttlSeconds: ttl, port, target: `${instance}.local` },
      { type: 'txt', name, ttlSeconds: ttl },
      { type: 'a', name: `${instance}.local`, ttlSeconds: ttl, address },
    ];
  };
  for (const { socket, address } of sockets) {
    socket.on('message', (bytes, from) => {
      const message = parseDns(bytes);
      if (message === null || message.isAnswer || !isLocalAddress(from.address)) return;
      const asked = message.questions.filter(
        ({ name, type }) => name === serviceName && (type === dnsTypes.ptr || type === dnsTypes.any),
      );
      if (asked.length === 0) return;
      // Who asks from another port is no member of the group and wants the answer for himself.
      const isDirect = from.port !== multicastPort;
      const answer = { id: isDirect ? message.id : 0, isAnswer: true, questions: isDirect ? asked : [] };
      const bytesOut = printDns({ ...answer, records: recordsFor(address) });
      if (isDirect) socket.send(bytesOut, from.port, from.address, ignore);
      else socket.send(bytesOut, multicastPort, multicastGroup, ignore);
    });
    socket.send(
      printDns({ id: 0, isAnswer: true, questions: [], records: recordsFor(address) }),
      multicastPort,
      multicastGroup,
      ignore,
    );
  }
  return {
    async close() {
      for (const { socket, address } of sockets) {
        const records = recordsFor(address, 0);
        const bytes = printDns({ id: 0, isAnswer: true, questions: [], records });
        await new Promise<void>((resolve) => {
          socket.send(bytes, multicastPort, multicastGroup, () => {
            socket.close(() => {
              resolve();
            });
          });
        });
      }
    },
  };
}

async function openOn(address: string): Promise<{ readonly socket: Socket; readonly address: string }> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.bind(multicastPort);
  await once(socket, 'listening');
  socket.addMembership(multicastGroup, address);
  socket.setMulticastInterface(address);
  // Never beyond the local network.
  socket.setMulticastTTL(1);
  // A network that has gone away must not end the server.
  socket.on('error', ignore);
  return { socket, address };
}

function ignore(): void {}
