/**
 * What is said before anybody chose a language, in each: data, not catalogue, since the page is
 * still in the centre's own. A language without an entry is greeted in English.
 *
 * @typedef {{ welcome: string, begin: string, listen: string, listening: string }} Greeting
 */

/** @type {Record<string, Greeting>} */
const GREETINGS = {
  vi: {
    welcome: "Kính chào ông/bà",
    begin: "Chạm để bắt đầu",
    listen: "Không nhìn rõ màn hình? Bấm phím mũi tên xuống để nghe đọc.",
    listening: "Đã bật nghe đọc. Mũi tên xuống: nghe mục tiếp theo. Enter: chọn.",
  },
  en: {
    welcome: "Welcome",
    begin: "Touch to begin",
    listen: "Cannot see the screen? Press arrow down to listen.",
    listening: "The page is read aloud. Arrow down: next item. Enter: choose.",
  },
};

/** @param {string} tag */
export const greetingIn = (tag) => GREETINGS[tag] ?? /** @type {Greeting} */ (GREETINGS.en);
