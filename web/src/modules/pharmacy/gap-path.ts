interface Wanting {
  readonly community: { readonly id: string; readonly name: string }
  readonly higher: { readonly id: string; readonly name: string }
  readonly medicineId: string | null
  readonly name: string
  readonly quantity?: string
  readonly reason?: string
}

/** The address of the formulary gap between two institutions, with the medicine that is wanting filled in. */
export function gapPath({ community, higher, medicineId, name, quantity, reason }: Wanting): string {
  const search = new URLSearchParams({
    ...{ community: community.id, communityName: community.name },
    ...{ higher: higher.id, higherName: higher.name },
    ...(medicineId ? { medicine: medicineId, name } : {}),
    ...(quantity ? { quantity } : {}),
    ...(reason ? { reason } : {}),
  })
  return `/formulary-gap?${search}`
}
