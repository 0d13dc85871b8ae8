// Reads newline-delimited events. Blank lines are heartbeats; a line may arrive in several pieces.
import type { AppEvent } from './generated';

/** Calls back for each event until the stream ends. */
export async function readEvents(body: ReadableStream<Uint8Array>, receive: (event: AppEvent) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '') receive(JSON.parse(line) as AppEvent);
    }
  }
}
