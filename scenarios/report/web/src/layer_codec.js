// The other end of scenarios/report/layer_pack.cpp: base64, inflate, undo the differences from the neighbours.
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
  for (let i = 0, row = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column, ++i) {
      const west = column > 0 ? codes[i - 1] : 0;
      const north = row > 0 ? codes[i - columns] : 0;
      const corner = column > 0 && row > 0 ? codes[i - columns - 1] : 0;
      const low = west < north ? west : north;
      const high = west < north ? north : west;
      const expected = corner >= high ? low : corner <= low ? high : west + north - corner;
      const bits = bytes[i] | (bytes[size + i] << 8);
      codes[i] = expected + ((bits >> 1) ^ -(bits & 1)); // Int16Array keeps 16 bits
    }
  }
  return codes;
}
