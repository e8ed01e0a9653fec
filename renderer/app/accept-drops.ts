import { linksIn, mostDropped, toDroppedLink } from '../../shared/dropped.ts';
import type { Client } from '../api/client.ts';
import type { ViewStore } from '../stores/view-store.ts';

export interface DropOptions {
  readonly client: Client;
  readonly view: ViewStore;
  /** Whether something hangs over the window that could be dropped. */
  readonly onHover: (isOver: boolean) => void;
}

/**
 * Lets links and files be dropped anywhere on the window. That only asks whether to add them.
 *
 * @returns its undo
 */
export function acceptDrops({ client, view, onHover }: DropOptions): () => void {
  // What is dragged within the page has another meaning.
  let isOwn = false;
  let depth = 0;
  const isWanted = (event: DragEvent): boolean =>
    !isOwn &&
    document.querySelector('[data-blocks-keys]') === null &&
    (event.dataTransfer?.types.some((type) => ['Files', 'text/uri-list', 'text/plain'].includes(type)) ?? false);
  const hover = (change: number): void => {
    depth = Math.max(0, depth + change);
    onHover(depth > 0);
  };
  const end = (): void => {
    depth = 0;
    onHover(false);
  };

  const listeners = {
    dragstart: () => {
      isOwn = true;
    },
    dragend: () => {
      isOwn = false;
    },
    dragenter: (event: DragEvent) => {
      if (isWanted(event)) hover(1);
    },
    dragleave: (event: DragEvent) => {
      if (isWanted(event)) hover(-1);
    },
    dragover: (event: DragEvent) => {
      if (!isWanted(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    },
    drop: (event: DragEvent) => {
      const isAccepted = isWanted(event);
      end();
      if (!isAccepted || event.dataTransfer === null) return;
      event.preventDefault();
      void take(event.dataTransfer, { client, view });
    },
  };
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [name, listener] of entries) window.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of entries) window.removeEventListener(name, listener);
  };
}

async function take(data: DataTransfer, { client, view }: Pick<DropOptions, 'client' | 'view'>): Promise<void> {
  const files = [...data.files].slice(0, mostDropped);
  const text = data.getData('text/uri-list') || data.getData('text/plain');
  // Of files the list has the same ones once more, as paths.
  const links = files.length > 0 ? [] : linksIn(text).map(toDroppedLink);
  const looked = files.length === 0 ? null : await client.drop(files);
  if (looked?.ok === false) return;
  view.offerAll([...(looked?.value ?? []), ...links]);
}
