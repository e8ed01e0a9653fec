import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { MapNode, ProgramMap } from '../../../shared/model/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { frame } from '../../components/frame.ts';
import { useTranslator } from '../../components/translation.tsx';
import styles from './MapView.module.css';
import { directions, neighbourOf, nodeSize, related, type DrawnNode, type Drawing } from './selectors.ts';

export interface MapGraphProps {
  readonly map: ProgramMap;
  readonly drawing: Drawing;
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

/** What is seen: the middle of the window in the drawing, and pixels for each of its units. */
interface Sight {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const minScale = 0.1;
const maxScale = 2.5;
const margin = 24;

/**
 * The map as a drawing. Mouse: drag to move, wheel to zoom, click to choose. Keyboard: arrows walk from node to node, with
 * Shift they move the drawing, + − 0 zoom, Enter chooses, Escape lets go.
 */
export function MapGraph({ map, drawing, chosen, onChoose }: MapGraphProps) {
  const intl = useTranslator();
  const { t } = intl;
  const svg = useRef<SVGSVGElement>(null);
  const [sight, setSight] = useState<Sight | null>(null);
  const [size, setSize] = useState({ width: 800, height: 500 });
  useEffect(() => {
    const element = svg.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (clientWidth > 0 && clientHeight > 0) setSize({ width: clientWidth, height: clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const [focused, setFocused] = useState<string | null>(null);
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: Sight } | null>(null);
  const labelOf = ({ name, version, sizeBytes }: MapNode): string =>
    `${name} ${version}${sizeBytes === null ? '' : ` · ${formatSize(intl, sizeBytes)}`}`;
  const lit = chosen === null ? null : related(map, chosen);
  const roots = new Set(map.roots.map(({ node }) => node));
  const tabStop = focused ?? chosen ?? drawing.nodes[0]?.node.key ?? null;

  // All of it, but not larger than life.
  const fit = Math.min(1, size.width / (drawing.width + 2 * margin), size.height / (drawing.height + 2 * margin));
  const present: Sight = sight ?? { x: drawing.width / 2, y: drawing.height / 2, scale: Math.max(fit, minScale / 4) };
  const [width, height] = [size.width / present.scale, size.height / present.scale];
  const viewBox = `${present.x - width / 2} ${present.y - height / 2} ${width} ${height}`;
  const zoom = (factor: number) => {
    setSight({ ...present, scale: Math.min(maxScale, Math.max(minScale, present.scale * factor)) });
  };
  const move = (dx: number, dy: number) => {
    setSight({ ...present, x: present.x + dx / present.scale, y: present.y + dy / present.scale });
  };
  const goTo = (key: string) => {
    setFocused(key);
    const place = drawing.byKey.get(key);
    // Into view, if it is not.
    const isSeen =
      place !== undefined &&
      Math.abs(place.x + nodeSize.width / 2 - present.x) < (width - nodeSize.width) / 2 &&
      Math.abs(place.y + nodeSize.height / 2 - present.y) < (height - nodeSize.height) / 2;
    if (place !== undefined && !isSeen) {
      setSight({ ...present, x: place.x + nodeSize.width / 2, y: place.y + nodeSize.height / 2 });
    }
    svg.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key.startsWith('Arrow')) {
      const [dx, dy] = directions[key] ?? [0, 0];
      if (event.shiftKey) move(80 * dx, 80 * dy);
      else {
        const next = tabStop === null ? null : neighbourOf(drawing, tabStop, key);
        if (next !== null) goTo(next);
      }
    } else if (key === '+' || key === '=') zoom(1.25);
    else if (key === '-') zoom(0.8);
    else if (key === '0') setSight(null);
    else if ((key === 'Enter' || key === ' ') && tabStop !== null) onChoose(tabStop);
    else if (key === 'Escape' && chosen !== null) onChoose(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerMove = ({ clientX, clientY, buttons }: PointerEvent) => {
    const start = drag.current;
    if (start === null) return;
    if (buttons === 0) drag.current = null;
    else {
      const { from } = start;
      const [dx, dy] = [(start.x - clientX) / from.scale, (start.y - clientY) / from.scale];
      setSight({ ...from, x: from.x + dx, y: from.y + dy });
    }
  };

  return (
    <div className={cx(frame.page, styles.graph)}>
      <svg
        ref={svg}
        role="group"
        aria-label={t('map.graph')}
        aria-describedby="map-keys"
        className={styles.drawing}
        data-own-typing
        viewBox={viewBox}
        preserveAspectRatio="xMidYMid meet"
        onKeyDown={onKeyDown}
        onWheel={({ deltaY }) => zoom(deltaY < 0 ? 1.1 : 1 / 1.1)}
        onPointerDown={({ clientX, clientY, button, target }) => {
          if (button !== 0 || (target as Element).closest('[data-node]') !== null) return;
          drag.current = { x: clientX, y: clientY, from: present };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
      >
        <g aria-hidden>
          {map.edges.map(({ from, to }) => {
            const [start, end] = [drawing.byKey.get(from), drawing.byKey.get(to)];
            if (start === undefined || end === undefined) return null;
            const isLit = lit === null ? undefined : lit.has(from) && lit.has(to);
            return <path key={`${from}\n${to}`} className={styles.edge} data-lit={isLit} d={curve(start, end)} />;
          })}
        </g>
        {drawing.nodes.map(({ node, x, y }) => (
          <g
            key={node.key}
            data-node={node.key}
            role="button"
            tabIndex={node.key === tabStop ? 0 : -1}
            aria-label={labelOf(node)}
            aria-pressed={node.key === chosen}
            className={cx(styles.node)}
            data-root={roots.has(node.key)}
            data-lit={lit?.has(node.key)}
            transform={`translate(${x} ${y})`}
            onFocus={() => setFocused(node.key)}
            onClick={() => {
              setFocused(node.key);
              onChoose(node.key === chosen ? null : node.key);
            }}
          >
            <rect width={nodeSize.width} height={nodeSize.height} rx={6} />
            {/* Cut off where the box ends, but whole for those who hear it. */}
            <svg width={nodeSize.width - 8} height={nodeSize.height}>
              <text x={10} y={17} className={styles.nodeName}>
                {`${node.name} `}
              </text>
              <text x={10} y={32} className={styles.nodeText}>
                {node.version}
                {node.sizeBytes === null ? '' : ` · ${formatSize(intl, node.sizeBytes)}`}
              </text>
            </svg>
          </g>
        ))}
      </svg>
      <div className={styles.zoom}>
        <IconButton icon="add" variant="secondary" label={t('action.zoom-in')} onPress={() => zoom(1.25)} />
        <IconButton icon="minus" variant="secondary" label={t('action.zoom-out')} onPress={() => zoom(0.8)} />
        <IconButton icon="whole" variant="secondary" label={t('map.whole')} onPress={() => setSight(null)} />
      </div>
    </div>
  );
}

function curve(from: DrawnNode, to: DrawnNode): string {
  const [x1, y1] = [from.x + nodeSize.width, from.y + nodeSize.height / 2];
  const [x2, y2] = [to.x, to.y + nodeSize.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}
