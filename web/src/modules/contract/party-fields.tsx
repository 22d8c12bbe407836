import { contractApi } from '@tongmai/api/contract'
import { Segmented, Select } from 'antd'
import type { Refused } from '../../kernel/refused.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { contractWords } from './words.ts'

/** Whom one signs with and for how long, while it is chosen. `doctor` is team and doctor together. */
export interface PartyChosen {
  readonly doctor: string | null
  readonly secondaryId: string | null
  readonly tertiaryId: string | null
  readonly months: number
  readonly channel: 'desk' | 'home'
}
export const beginParty: PartyChosen = {
  ...{ doctor: null, secondaryId: null, tertiaryId: null, months: 12, channel: 'desk' },
}

/** As the server takes it; null while no doctor is chosen. */
export function partyOf({ doctor, ...rest }: PartyChosen) {
  const [teamId, doctorId] = doctor?.split(' ') ?? []
  return teamId && doctorId ? { teamId, doctorId, ...rest } : null
}

interface PartyFieldsProps {
  readonly value: PartyChosen
  readonly onChange: (value: PartyChosen) => void
  readonly refused: Refused | null
  /** Signed on paper long before: nobody asks where. */
  readonly onPaper?: boolean
}

/** The doctor with room in the panel, the hospitals, the term, and where it is signed. */
export function PartyFields({ value, onChange, refused, onPaper = false }: PartyFieldsProps) {
  const t = useWords(contractWords)
  const set = (change: Partial<PartyChosen>) => onChange({ ...value, ...change })
  const doctors = useRead(contractApi.listPanels, {}).data ?? []
  const hospitals = useRead(contractApi.listHospitals, {}).data ?? []
  const problem = (name: string) => refused?.fields.find(({ path }) => path.endsWith(name))?.problem
  const ofTier = (tier: 'secondary' | 'tertiary') =>
    hospitals.filter((one) => one.tier === tier).map((one) => ({ value: one.id, label: one.name }))
  return (
    <Fields columns={2}>
      <Field label={t('doctor')} required problem={problem('doctorId') ?? problem('teamId')}>
        {(id) => (
          <Select
            id={id}
            value={value.doctor}
            options={doctors.map((one) => ({
              value: `${one.teamId} ${one.doctorId}`,
              label: `${one.doctor} · ${one.team}（${t('panel.held', { held: one.held, limit: one.limit })}）`,
              disabled: one.held >= one.limit,
            }))}
            onChange={(doctor) => set({ doctor })}
          />
        )}
      </Field>
      {!onPaper && (
        <Field label={t('sign.where')}>
          {(id) => (
            <Segmented<'desk' | 'home'>
              id={id}
              value={value.channel}
              options={(['desk', 'home'] as const).map((one) => ({ value: one, label: t(`channel.${one}`) }))}
              onChange={(channel) => set({ channel })}
            />
          )}
        </Field>
      )}
      {(['secondary', 'tertiary'] as const).map((tier) => (
        <Field key={tier} label={t(tier)} problem={problem(`${tier}Id`)}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t('no-hospital')}
              value={value[`${tier}Id`]}
              options={ofTier(tier)}
              onChange={(one) => set({ [`${tier}Id`]: one ?? null })}
            />
          )}
        </Field>
      ))}
      <Field label={t('sign.months')}>
        {(id) => (
          <Segmented<number>
            id={id}
            value={value.months}
            options={[12, 24, 36].map((one) => ({ value: one, label: t('sign.years', { years: one / 12 }) }))}
            onChange={(months) => set({ months })}
          />
        )}
      </Field>
    </Fields>
  )
}
