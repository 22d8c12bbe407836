/** A range of ICD-10 categories as it is read: `I60–I69`, or `R51` where it is one. */
export const rangeOf = ({ first, last }: { readonly first: string; readonly last: string }): string =>
  first === last ? first : `${first}–${last}`
