/** Whether a page failed because its own code could not be fetched: the server is away, the page is not broken. */
export const isNotLoaded = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)
