import type { HospitalOnMap, StartingPlace } from '@tongmai/api/contract/mine'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { PlaceMap } from '../../../ui/light/place-map.tsx'
import type { Chosen } from './chosen.ts'
import { onMap, useWay } from './way.ts'
import { myContractWords } from './words.ts'

interface HospitalStepProps {
  readonly hospitals: readonly HospitalOnMap[]
  readonly from: StartingPlace | null
  readonly roads: readonly (readonly [number, number, number, number])[]
  readonly chosen: Chosen
  readonly onChange: (change: Partial<Chosen>) => void
}

/** One hospital of either tier, or of both, or none: on the map or in the lists, nearest to the community first. */
export function HospitalStep({ hospitals, from, roads, chosen, onChange }: HospitalStepProps) {
  const t = useWords(myContractWords)
  const way = useWay()
  const detailOf = (one: HospitalOnMap) => [t(`apply.tier.${one.tier}`), way(one.minutes)].join(' · ')
  const choose = (id: string) => {
    const one = hospitals.find((each) => each.id === id)
    if (!one) return
    const field = `${one.tier}Id` as const
    onChange({ [field]: chosen[field] === id ? '' : id })
  }
  return (
    <>
      <Block title={t('apply.hospitals')}>
        <p className="me-quiet">{t('apply.hospitals-hint')}</p>
        <PlaceMap
          label={t('apply.map')}
          places={onMap(hospitals, (one) => ({ detail: detailOf(one) }))}
          from={from && { ...from, name: from.name ?? '' }}
          roads={roads}
          chosen={[chosen.tertiaryId, chosen.secondaryId].filter(Boolean)}
          onChoose={choose}
        />
        {from?.name && <p className="me-quiet">{t('apply.from', { from: from.name })}</p>}
      </Block>
      {(['secondary', 'tertiary'] as const).map((tier) => (
        <Block key={tier} title={t(`apply.${tier}`)}>
          <Choices
            name={t(`apply.${tier}`)}
            value={chosen[`${tier}Id`]}
            options={[
              { value: '', label: t('apply.none') },
              ...hospitals
                .filter((one) => one.tier === tier)
                .map((one) => ({ value: one.id, label: one.name, detail: way(one.minutes) })),
            ]}
            onChange={(id) => onChange({ [`${tier}Id`]: id })}
          />
        </Block>
      ))}
    </>
  )
}
