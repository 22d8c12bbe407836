import { useWords } from '../../../kernel/words.ts'
import type { MapPlace } from '../../../ui/light/place-map.tsx'
import { myContractWords } from './words.ts'

/** How long the way is, in words. */
export function useWay(): (minutes: number | null) => string {
  const t = useWords(myContractWords)
  return (minutes) =>
    minutes === null ? t('apply.no-way') : t('apply.minutes', { minutes: Math.max(1, Math.round(minutes)) })
}

interface Somewhere {
  readonly id: string
  readonly name: string
  readonly longitude: number | null
  readonly latitude: number | null
}

/** Those whose place is known, as the map draws them. */
export const onMap = <Place extends Somewhere>(
  places: readonly Place[],
  say: (place: Place) => { detail: string; disabled?: boolean },
): MapPlace[] =>
  places.flatMap((one) => {
    const { id, name, longitude, latitude } = one
    return longitude === null || latitude === null ? [] : [{ id, name, longitude, latitude, ...say(one) }]
  })
