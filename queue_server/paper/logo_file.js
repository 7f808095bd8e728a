/** A logo from a file of any kind that the browser can show, as a small PNG in base64. */

const WIDEST = 480;
const TALLEST = 240;
/** As the server takes it, see queue_server/core/paper_check.py. */
export const MOST_BYTES = 32_768;

/**
 * @param {File} file
 * @returns {Promise<string | null>}  null: no picture, or too much for paper
 */
export const logoOf = async (file) => {
  const picture = await loaded(file);
  if (!picture) return null;
  for (const scale of [1, 0.75, 0.5]) {
    const data = png(picture, scale);
    if (data.length * 0.75 <= MOST_BYTES) return data;
  }
  return null;
};

/** @param {File} file  @returns {Promise<HTMLImageElement | null>} */
const loaded = async (file) => {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  try {
    await picture.decode();
    return picture;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(picture.src);
  }
};

/**
 * @param {HTMLImageElement} picture
 * @param {number} scale
 */
const png = (picture, scale) => {
  const across = picture.naturalWidth || WIDEST;
  const down = picture.naturalHeight || TALLEST;
  const fit = Math.min(1, WIDEST / across, TALLEST / down) * scale;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(across * fit));
  canvas.height = Math.max(1, Math.round(down * fit));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1] ?? "";
};
