import { describe, expect, it } from 'vitest';
import { itemMark, readCapabilities, type Capabilities } from '../../../../../electron/core/desktop/capabilities.ts';
import { openingsOf } from '../../../../../electron/core/desktop/linux-entries.ts';
import { capsAttribute, programOf } from '../../../../helpers/desktop-program.ts';

function read(content: string, attributes = ''): Capabilities {
  return readCapabilities(
    programOf(`<capabilities ${capsAttribute} ${attributes}>${content}</capabilities>`).capabilities,
    'Linux',
  );
}

describe('capabilities', () => {
  it('name endings, types and how files are opened', () => {
    expect(
      read(`<file-type id="memo"><description>Note</description><extension value="MEMO" mime-type="Text/X-Memo"/>
        <verb name="print" args="-p"/><verb name="open" command="edit" args='--once -u "%V"'/></file-type>`).fileTypes,
    ).toEqual([
      {
        id: 'memo',
        descriptions: [{ lang: 'en', text: 'Note' }],
        verb: { command: 'edit', args: ['--once', '-u', itemMark] },
        extensions: [{ ending: '.memo', mimeType: 'text/x-memo' }],
      },
    ]);
  });

  it('take arguments one by one too', () => {
    const [type] = read(
      '<file-type id="a"><extension value=".a"/><verb name="open"><arg>--file=${item}</arg><arg>two words</arg></verb></file-type>',
    ).fileTypes;
    expect(type?.verb.args).toEqual(['--file=${item}', 'two words']);
  });

  it('name schemes by their prefixes, else by the id', () => {
    const { protocols } = read(
      '<url-protocol id="memo"/><url-protocol id="x"><known-prefix value="Mailto"/><known-prefix value="sms"/></url-protocol>',
    );
    expect(protocols.map(({ scheme }) => scheme)).toEqual(['memo', 'mailto', 'sms']);
  });

  it('count for the system they are for', () => {
    for (const os of ['Linux', 'POSIX', '*'])
      expect(read('<url-protocol id="a"/>', `os="${os}"`).protocols).toHaveLength(1);
    for (const os of ['Windows', 'MacOSX', ''])
      expect(read('<url-protocol id="a"/>', `os="${os}"`).protocols).toEqual([]);
  });

  it('that break a rule are left out', () => {
    expect(
      read(`<file-type><extension value=".a"/></file-type><file-type id="a/b"><extension value=".a"/></file-type>
        <file-type id="c"><extension value="*"/><extension value="../x"/><extension/></file-type>
        <url-protocol id="file"/><url-protocol id="a b"/><url-protocol id="javascript"/><url-protocol id="1a"/>`),
    ).toEqual({ fileTypes: [], protocols: [] });
  });

  it.each(['x-scheme-handler/https', 'inode/directory', 'application/x-desktop', 'text', 'text/a;b', 'text/a b'])(
    'have no type %s',
    (type) => {
      const [read_] = read(`<file-type id="a"><extension value=".a" mime-type="${type}"/></file-type>`).fileTypes;
      expect(read_?.extensions).toEqual([{ ending: '.a', mimeType: null }]);
    },
  );

  it('of one id are the first ones', () => {
    const { fileTypes } = read(
      '<file-type id="a"><extension value=".a"/></file-type><file-type id="a"><extension value=".b"/></file-type>',
    );
    expect(fileTypes.map(({ extensions }) => extensions[0]?.ending)).toEqual(['.a']);
  });

  it('are grouped by how something is opened', () => {
    const capabilities =
      read(`<file-type id="a"><extension value=".a" mime-type="x/a"/><extension value=".b"/></file-type>
      <file-type id="c"><extension value=".c" mime-type="x/c"/><verb name="open" args="-c %V"/></file-type>
      <file-type id="d"><extension value=".d" mime-type="x/d"/></file-type><url-protocol id="e"/>`);
    expect(openingsOf(capabilities, ({ mimeType }) => mimeType)).toEqual([
      { verb: { command: 'run', args: [itemMark] }, mimeTypes: ['x/a', 'x/d'], isForAddresses: false },
      { verb: { command: 'run', args: ['-c', itemMark] }, mimeTypes: ['x/c'], isForAddresses: false },
      { verb: { command: 'run', args: [itemMark] }, mimeTypes: ['x-scheme-handler/e'], isForAddresses: true },
    ]);
  });
});
