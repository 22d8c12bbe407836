import { contractApi } from '@tongmai/api/contract'
import type { CommunityChoice } from '@tongmai/api/contract/mine'
import { useState } from 'react'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { PlaceMap } from '../../../ui/light/place-map.tsx'
import { onMap, useWay } from './way.ts'
import { myContractWords } from './words.ts'

const FEW = 6
interface Point {
  readonly longitude: number
  readonly latitude: number
}

interface CommunityStepProps {
  readonly communityId: string
  readonly onChoose: (communityId: string) => void
}

/** Which community: on the map or in the list, nearest first; one without room is shown and cannot be chosen. */
export function CommunityStep({ communityId, onChoose }: CommunityStepProps) {
  const t = useWords(myContractWords)
  const way = useWay()
  const [q, setQ] = useState('')
  const [here, setHere] = useState<Point>()
  const [all, setAll] = useState(false)
  const query = { ...(q.trim() ? { q: q.trim() } : {}), ...here }
  const read = useRead(contractApi.listMyCommunities, { query }, { keepPrevious: true })
  const detailOf = (one: CommunityChoice) =>
    [
      way(one.minutes),
      t('apply.doctors', { count: one.doctors }),
      one.free > 0 ? t('apply.free', { free: one.free }) : t('apply.full'),
    ].join(' · ')
  return (
    <Known read={read}>
      {({ communities, from, roads }) => {
        const options = communities.map((one) => ({
          ...{ value: one.id, label: one.name, detail: detailOf(one), disabled: one.free === 0 },
        }))
        const shown = options.filter((one, i) => all || i < FEW || one.value === communityId)
        return (
          <Block title={t('apply.community')}>
            <p className="me-quiet">
              {from ? t('apply.from', { from: from.name ?? t('apply.here') }) : t('apply.from-unknown')}
            </p>
            <PlaceMap
              label={t('apply.map')}
              places={onMap(communities, (one) => ({ detail: detailOf(one), disabled: one.free === 0 }))}
              from={from && { ...from, name: from.name ?? t('apply.here') }}
              roads={roads}
              chosen={[communityId]}
              onChoose={onChoose}
            />
            <Here onFound={setHere} />
            <Entry label={t('apply.search')} value={q} onChange={setQ} />
            {options.length === 0 && <p className="me-quiet">{t('apply.no-such')}</p>}
            <Choices name={t('apply.community')} value={communityId} options={shown} onChange={onChoose} />
            {shown.length < options.length && (
              <Button quiet onClick={() => setAll(true)}>
                {t('apply.farther', { count: options.length - shown.length })}
              </Button>
            )}
          </Block>
        )
      }}
    </Known>
  )
}

/** Counts ways from where the phone is; absent where a browser does not tell. */
function Here({ onFound }: { onFound: (point: Point) => void }) {
  const t = useWords(myContractWords)
  const [state, setState] = useState<'looking' | 'unknown' | null>(null)
  const { geolocation } = navigator as { geolocation?: Geolocation }
  if (!geolocation) return null
  const look = () => {
    setState('looking')
    geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude } }) => {
        setState(null)
        onFound({ longitude, latitude })
      },
      () => setState('unknown'),
      { timeout: 10_000, maximumAge: 300_000 },
    )
  }
  return (
    <>
      <Button quiet busy={state === 'looking'} onClick={look}>
        {t('apply.from-here')}
      </Button>
      {state === 'unknown' && <p role="alert">{t('apply.here-unknown')}</p>}
    </>
  )
}
