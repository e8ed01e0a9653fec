import { describe, expect, it } from 'vitest';
import { aliasScript, readAlias } from '../../../../../electron/core/desktop/alias-script.ts';
import { autostartEntry, menuEntry } from '../../../../../electron/core/desktop/linux-entries.ts';
import { mimePackage, ownMimeTypes } from '../../../../../electron/core/desktop/mime-package.ts';
import { readEntry } from '../../../../../electron/core/desktop/read-entry.ts';
import { valueOf } from '../../../../helpers/desktop-entry.ts';
import { capsAttribute, programOf } from '../../../../helpers/desktop-program.ts';

const alone = { command: '0desk', hasReference: false, icon: null };

/** The first line by which the reference knows an entry. @see execution.md 9.1 */
const referenceUri = (text: string): string | undefined => /^Exec=0launch (?:-- )?([^ ]*) /m.exec(text)?.[1];

describe('the entry in the menu', () => {
  it('says all there is to say', () => {
    const program = programOf(
      `<summary>Keeps notes</summary><summary xml:lang="de">Verwahrt Notizen</summary><category>Office</category><needs-terminal/>
       <entry-point command="list"><name>List</name><name xml:lang="de">Liste</name></entry-point>`,
    );
    expect(menuEntry(program, { ...alone, icon: 'zeroinstall-app' })).toBe(`[Desktop Entry]
Type=Application
Version=1.1
Name=App
Comment=Keeps notes
Comment[de]=Verwahrt Notizen
Icon=zeroinstall-app
TryExec=0desk
Exec=0desk run -- https://example.com/app.xml %F
Categories=Office;
Actions=action-1;
Terminal=true
X-ZeroInstall-URI=https://example.com/app.xml

[Desktop Action action-1]
Name=List
Name[de]=Liste
Exec=0desk run --command=list -- https://example.com/app.xml
`);
  });

  it('is one that the reference lists where that is installed', () => {
    const text = menuEntry(programOf(''), { ...alone, hasReference: true });
    expect(text).toContain('\nTryExec=0launch\nExec=0launch -- https://example.com/app.xml %F\n');
    expect(referenceUri(text)).toBe('https://example.com/app.xml');
  });

  it.each([
    'https://example.com/?a&b',
    'https://example.com/a%20b',
    'https://example.com/~me/a.xml',
    "/srv/it's/a.xml",
  ])('leaves %s to us: the reference takes words as they stand', (uri) => {
    const text = menuEntry(programOf('', { uri }), { ...alone, hasReference: true });
    expect(referenceUri(text)).toBeUndefined();
    expect(readEntry(text)?.uri).toBe(uri);
  });

  it('starts apps by their names', () => {
    const text = menuEntry(programOf('', { app: 'beta' }), { ...alone, hasReference: true });
    expect(valueOf(text, 'Exec')).toBe('0desk run -- beta %F');
    expect(readEntry(text)).toMatchObject({ uri: 'https://example.com/app.xml', app: 'beta' });
  });

  it('gives addresses only to who opens addresses', () => {
    const program = programOf(`<capabilities ${capsAttribute}><url-protocol id="memo"/></capabilities>`);
    expect(valueOf(menuEntry(program, alone), 'Exec')).toMatch(/ %U$/);
  });

  it('cannot be made for what was changed to something else', () => {
    const program = { ...programOf(''), target: { uri: 'https://example.com/a\nExec=rm', app: null } };
    expect(() => menuEntry(program, alone)).toThrow('bad-url');
    expect(() => autostartEntry(program, alone)).toThrow('bad-url');
  });

  it('ends no line in a name', () => {
    const text = menuEntry(
      programOf('<name>a\nExec=rm -rf ~\n[Desktop Action x]</name><summary>b\r\nTerminal=true</summary>'),
      alone,
    );
    expect(text.match(/^Exec=/gm)).toEqual(['Exec=']);
    expect(text.match(/^\[/gm)).toEqual(['[']);
    expect(valueOf(text, 'Terminal')).toBe('false');
  });
});

describe('entries that are there', () => {
  it.each([
    ['[Desktop Entry]\nName=A\nExec=0launch -- http://a/b.xml %f\n', 'http://a/b.xml'],
    ['[Desktop Entry]\nName=A\nExec=0launch http://a/b.xml %f\n', 'http://a/b.xml'],
    ['# x\n[Desktop Entry]\nName=A\nExec=0desk run -- x\nX-ZeroInstall-URI = http://a/b.xml\n', 'http://a/b.xml'],
  ])('are known: %j', (text, uri) => {
    expect(readEntry(text)).toEqual({ name: 'A', uri, app: null });
  });

  it.each([
    '',
    'Exec=0launch',
    '[Desktop Entry]\nExec=firefox %u\n',
    '[Other]\nX-ZeroInstall-URI=http://a/b\n',
    '\u0000\uffff',
  ])('that are not ours are not: %j', (text) => {
    expect(readEntry(text)).toBeNull();
  });

  it('are read from their main group alone', () => {
    const text = '[Desktop Entry]\nName=A\n[Desktop Action x]\nX-ZeroInstall-URI=http://a/b\n';
    expect(readEntry(text)).toBeNull();
  });
});

describe('aliases', () => {
  const target = { uri: 'https://example.com/app.xml', app: null };

  it('are written as the reference reads them, where it is installed', () => {
    expect(aliasScript(target, { command: '0desk', hasReference: true })).toBe(
      `#!/bin/sh\nexec 0launch 'https://example.com/app.xml' "$@"\n`,
    );
    expect(aliasScript(target, alone)).toBe(`#!/bin/sh\nexec '0desk' run -- 'https://example.com/app.xml' "$@"\n`);
  });

  it.each([
    [`#!/bin/sh\nexec 0launch  --command 'edit' 'http://a/b.xml' "$@"\n`],
    [`#!/bin/sh\nexec 0launch --main 'bin/it\\'s' 'http://a/b.xml' "$@"\n`],
    [
      `#!/bin/sh\nif [ "$*" = "--versions" ]; then\n  exec 0launch -gd 'http://a/b.xml' "$@"\nelse\n  exec 0launch 'http://a/b.xml' "$@"\nfi\n`,
    ],
  ])('of old are read: %j', (text) => {
    expect(readAlias(text)).toBe('http://a/b.xml');
  });

  it.each(['#!/bin/sh\nexec 0install run memo "$@"\n', '#!/bin/sh\nrm -rf ~\n', '', `exec 0launch 'a' "$@"`])(
    'are no other scripts: %j',
    (text) => {
      expect(readAlias(text)).toBeNull();
    },
  );
});

it('our own documents are known by their root, whatever they are called', () => {
  const text = mimePackage(ownMimeTypes);
  expect(text).toContain('<mime-type type="application/x-zeroinstall-feed+xml">');
  expect(text).toContain('<sub-class-of type="application/xml"/>');
  expect(text).toContain(
    '<root-XML localName="interface" namespaceURI="http://zero-install.sourceforge.net/2004/injector/interface"/>',
  );
  expect(text).not.toContain('<glob');
});
