/** A language that pages can be read in. */
export type Language = 'zh' | 'en'
