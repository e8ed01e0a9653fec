// Archives that come out the same every time: sorted entries, fixed owners, times from the tree.

import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { compareBytes, directoriesOf } from './tree.mjs';

/** Names of the archive formats, as file endings. */
export const formats = ['tar', 'tar.gz', 'tgz', 'zip'];

/**
 * @param {string} format one of `formats`
 * @param {string} top directory everything is put into; '' = none
 * @param {number} mtime of directories, seconds
 * @returns {Buffer}
 */
export function makeArchive(tree, { format, top, mtime }) {
  const entries = listEntries(tree, top, mtime);
  switch (format) {
    case 'tar':
      return makeTar(entries);
    case 'tar.gz':
    case 'tgz':
      return gzip(makeTar(entries));
    case 'zip':
      return makeZip(entries);
    default:
      throw new Error(`unknown archive format ${format}`);
  }
}

function listEntries(tree, top, mtime) {
  const inside = top === '' ? new Map(tree) : new Map([...tree].map(([name, entry]) => [`${top}/${name}`, entry]));
  const entries = directoriesOf(inside).map((name) => ({ name: `${name}/`, type: 'directory', mode: 0o755, mtime }));
  for (const [name, entry] of inside) {
    const isFile = entry.type === 'file';
    entries.push({
      name,
      type: entry.type,
      mode: isFile ? (entry.isExecutable ? 0o755 : 0o644) : 0o777,
      mtime: isFile ? entry.mtime : mtime,
      data: isFile ? entry.data : undefined,
      target: entry.target,
    });
  }
  return entries.sort((a, b) => compareBytes(a.name, b.name));
}

function gzip(data) {
  const packed = gzipSync(data, { level: 9 });
  // The operating system's number would differ from one machine to the next.
  packed[9] = 255;
  return packed;
}

const tarTypes = { file: '0', symlink: '2', directory: '5' };

function makeTar(entries) {
  const blocks = [];
  for (const entry of entries) {
    const data = entry.data ?? Buffer.alloc(0);
    blocks.push(tarHeader(entry, data.length), data, Buffer.alloc((512 - (data.length % 512)) % 512));
  }
  blocks.push(Buffer.alloc(1024));
  return Buffer.concat(blocks);
}

function tarHeader(entry, size) {
  const header = Buffer.alloc(512);
  const put = (text, offset, length) => {
    if (Buffer.byteLength(text) > length) throw new Error(`too long for a tar header: ${text}`);
    header.write(text, offset);
  };
  const octal = (value, digits) => value.toString(8).padStart(digits, '0');
  put(entry.name, 0, 100);
  put(octal(entry.mode, 7), 100, 8);
  put(octal(0, 7), 108, 8);
  put(octal(0, 7), 116, 8);
  put(octal(size, 11), 124, 12);
  put(octal(entry.mtime, 11), 136, 12);
  put(' '.repeat(8), 148, 8);
  put(tarTypes[entry.type], 156, 1);
  put(entry.target ?? '', 157, 100);
  put('ustar\0' + '00', 257, 8);
  put('root', 265, 32);
  put('root', 297, 32);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)}\0 `, 148, 8);
  return header;
}

const unixHost = 3;
const zipTypes = { file: 0o100000, symlink: 0o120000, directory: 0o040000 };

function makeZip(entries) {
  const files = [];
  const directory = [];
  let offset = 0;
  for (const entry of entries) {
    const data = entry.data ?? Buffer.from(entry.target ?? '');
    const packed = entry.type === 'file' ? deflateRawSync(data, { level: 9 }) : data;
    const method = packed.length < data.length ? 8 : 0;
    const content = method === 8 ? packed : data;
    const name = Buffer.from(entry.name);
    const extra = timeField(entry.mtime);
    const common = zipCommon(entry, { method, data, content, name, extra });
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, extra, content]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(
      (((zipTypes[entry.type] | entry.mode) << 16) | (entry.type === 'directory' ? 16 : 0)) >>> 0,
      6,
    );
    central.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, unixHost]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, common, central, name, extra]));
    files.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, list, end]);
}

/** The fields that the local header and the directory share. */
function zipCommon(entry, { method, data, content, name, extra }) {
  const fields = Buffer.alloc(26);
  const { time, date } = dosTime(entry.mtime);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(time, 6);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  fields.writeUInt16LE(extra.length, 24);
  return fields;
}

/** The extended time field: whole seconds in UTC, which the old fields cannot say. */
function timeField(mtime) {
  const field = Buffer.alloc(9);
  field.write('UT', 'latin1');
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(mtime, 5);
  return field;
}

function dosTime(mtime) {
  const when = new Date(mtime * 1000);
  return {
    time: (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1),
    date: ((when.getUTCFullYear() - 1980) << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate(),
  };
}
