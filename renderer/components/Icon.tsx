import {
  Activity,
  ArrowDown,
  ArrowDownToLine,
  ArrowLeft,
  ArrowLeftRight,
  ArrowUp,
  ArrowUpToLine,
  Ban,
  BrushCleaning,
  Check,
  ChevronDown,
  ChevronRight,
  CircleCheck,
  CircleX,
  Clock,
  Copy,
  Database,
  Download,
  Ellipsis,
  ExternalLink,
  FileDiff,
  FolderOpen,
  GripVertical,
  HardDrive,
  History,
  Info,
  Keyboard,
  KeyRound,
  LayoutGrid,
  Link,
  Lock,
  Maximize,
  Network,
  Minus,
  Monitor,
  Package,
  Pause,
  Play,
  Plus,
  RefreshCw,
  Rss,
  Search,
  Settings,
  ShieldAlert,
  ShieldCheck,
  ShieldQuestionMark,
  SlidersHorizontal,
  Square,
  SquareTerminal,
  Star,
  Trash2,
  TriangleAlert,
  Undo2,
  Users,
  Wifi,
  WifiLow,
  WifiOff,
  Wrench,
  X,
} from 'lucide-react';
import { cx } from './cx.ts';
import styles from './Icon.module.css';

const icons = {
  activity: Activity,
  add: Plus,
  apps: LayoutGrid,
  ascending: ArrowUp,
  back: ArrowLeft,
  ban: Ban,
  check: Check,
  'clean-up': BrushCleaning,
  close: X,
  compare: FileDiff,
  copy: Copy,
  database: Database,
  delete: Trash2,
  descending: ArrowDown,
  desktop: Monitor,
  download: Download,
  expand: ChevronRight,
  external: ExternalLink,
  failed: CircleX,
  feed: Rss,
  fetch: ArrowDownToLine,
  first: ArrowUpToLine,
  folder: FolderOpen,
  grip: GripVertical,
  history: History,
  info: Info,
  key: KeyRound,
  keyboard: Keyboard,
  link: Link,
  lock: Lock,
  map: Network,
  minus: Minus,
  more: Ellipsis,
  offline: WifiOff,
  ok: CircleCheck,
  online: Wifi,
  open: ChevronDown,
  package: Package,
  pause: Pause,
  play: Play,
  'play-filled': Play,
  refresh: RefreshCw,
  repair: Wrench,
  search: Search,
  settings: Settings,
  sharing: Users,
  whole: Maximize,
  'shield-alert': ShieldAlert,
  'shield-ok': ShieldCheck,
  'shield-unknown': ShieldQuestionMark,
  star: Star,
  'star-filled': Star,
  stop: Square,
  storage: HardDrive,
  swap: ArrowLeftRight,
  terminal: SquareTerminal,
  tune: SlidersHorizontal,
  undo: Undo2,
  waiting: Clock,
  warning: TriangleAlert,
  weak: WifiLow,
} as const;

/** Our own names for the pictures, so that the set behind them can be changed in one place. */
export type IconName = keyof typeof icons;

const filled: readonly IconName[] = ['play-filled', 'star-filled', 'stop'];
const directional: readonly IconName[] = ['back', 'expand', 'play', 'play-filled'];

export interface IconProps {
  readonly name: IconName;
  /** Edge in CSS pixels at normal text size. */
  readonly size?: 12 | 14 | 16 | 20 | 32;
  readonly className?: string;
}

/** A decorative picture: hidden from screen readers, since a word always stands beside it or in the label. */
export function Icon({ name, size = 16, className }: IconProps) {
  const Picture = icons[name];
  return (
    <Picture
      aria-hidden
      className={cx(styles.icon, directional.includes(name) && styles.directional, className)}
      data-size={size}
      strokeWidth={size >= 20 ? 1.6 : 1.8}
      fill={filled.includes(name) ? 'currentColor' : 'none'}
    />
  );
}
