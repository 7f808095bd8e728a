/**
 * A board that does not begin is loaded again: a part of its page was lost on the device, or is
 * older than the server. It has an address without a version, so that it is there in any case.
 */

setInterval(() => {
  if (document.documentElement.dataset.started !== "yes") location.reload();
}, 20_000);
