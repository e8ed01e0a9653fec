/** Main categories of the freedesktop "Desktop Menu Specification" 1.1. */
const mainCategories = new Set(
  'AudioVideo Audio Video Development Education Game Graphics Network Office Science Settings System Utility'.split(
    ' ',
  ),
);

/** Registered additional categories, by the main one that they need beside them. */
const additionalCategories: Readonly<Record<string, string>> = {
  Development: 'Building Debugger IDE GUIDesigner Profiling RevisionControl Translation WebDevelopment',
  Office:
    'Calendar ContactManagement Database Dictionary Chart Email Finance FlowChart PDA ProjectManagement Presentation Spreadsheet WordProcessor',
  Graphics: '2DGraphics VectorGraphics RasterGraphics 3DGraphics Scanning OCR Photography Publishing Viewer',
  Utility: 'TextTools TelephonyTools Archiving Compression Accessibility Calculator Clock TextEditor',
  Settings: 'DesktopSettings HardwareSettings Printing PackageManager',
  Network:
    'Dialup InstantMessaging Chat IRCClient Feed FileTransfer HamRadio News P2P RemoteAccess Telephony VideoConference WebBrowser',
  AudioVideo: 'Midi Mixer Sequencer Tuner TV AudioVideoEditing Player Recorder DiscBurning',
  Game: 'ActionGame AdventureGame ArcadeGame BoardGame BlocksGame CardGame KidsGame LogicGame RolePlaying Shooter Simulation SportsGame StrategyGame',
  Education:
    'Art Construction Music Languages ArtificialIntelligence Astronomy Biology Chemistry ComputerScience DataVisualization Economy Electricity Geography Geology Geoscience History Humanities ImageProcessing Literature Maps Math NumericalAnalysis MedicalSoftware Physics Robotics Spirituality Sports ParallelComputing',
  System: 'Emulator FileTools FileManager TerminalEmulator Filesystem Monitor Security',
};

const mainOf: ReadonlyMap<string, string> = new Map(
  Object.entries(additionalCategories).flatMap(([main, names]) =>
    names.split(' ').map((name): [string, string] => [name, main]),
  ),
);

/** What audio and video programs must say too. */
const needed: ReadonlyMap<string, string> = new Map([...mainOf, ['Audio', 'AudioVideo'], ['Video', 'AudioVideo']]);

/**
 * The categories of a feed that a menu knows, each once and with what it needs beside it. Others, and those of another
 * vocabulary (`type`), are left out.
 *
 * @see feeds.md 3
 */
export function menuCategories(
  categories: readonly { readonly name: string; readonly type: string | null }[],
): readonly string[] {
  const known = categories.filter(({ name, type }) => type === null && (mainCategories.has(name) || mainOf.has(name)));
  return [...new Set(known.flatMap(({ name }) => [needed.get(name), name].filter((each) => each !== undefined)))];
}
