/** What messengers and search engines call themselves when they look at a link before, or instead of, a person. */
const CRAWLERS =
  /bot\b|bot\/|telegrambot|facebookexternalhit|facebookcatalog|facebot|meta-external|viber|vkshare|skypeuripreview|slack|whatsapp|discord|linkedin|pinterest|twitterbot|embedly|preview|crawl|spider|slurp|archiver|validator|monitor|uptime|headless|lighthouse|curl\/|wget\/|python-|okhttp|go-http|java\/|axios\/|node-fetch|undici/i;

/** Not a person with a browser, as far as the agent says. A missing agent counts as none. */
export const isCrawler = (userAgent: string | undefined): boolean =>
  userAgent === undefined || userAgent.trim() === '' || CRAWLERS.test(userAgent);
