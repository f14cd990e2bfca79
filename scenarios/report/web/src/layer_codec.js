// The other end of scenarios/report/layer_pack.cpp: base64, inflate, undo the differences along rows.
export const kNoValue = -32768;

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Codes of a packed layer. */
export async function unpackCodes(base64, columns, rows) {
  const bytes = await inflated(bytesOf(base64));
  const size = columns * rows;
  if (bytes.length !== 2 * size) throw new Error(`a layer holds ${bytes.length} bytes, not ${2 * size}`);
  const codes = new Int16Array(size);
  for (let row = 0; row < rows; ++row) {
    let before = 0;
    for (let i = row * columns; i < (row + 1) * columns; ++i) {
      before = (before + (bytes[i] | (bytes[size + i] << 8))) & 0xffff;
      codes[i] = before;
    }
  }
  return codes;
}
