const special = /["\\]/
const escaped = (text: string): string => (special.test(text) ? text.replace(/["\\]/g, '\\$&') : text)

/** Texts as PostgreSQL writes an array, which can stand in an array of texts. */
export const arrayText = (values: readonly string[]): string =>
  values.length === 0 ? '{}' : `{"${values.map(escaped).join('","')}"}`
