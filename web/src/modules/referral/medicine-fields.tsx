import { DeleteOutlined } from '@ant-design/icons'
import { type Availability, pharmacyApi } from '@tongmai/api/pharmacy'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useSession } from '../../kernel/session.tsx'
import type { FormState } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { gapPath } from '../pharmacy/index.ts'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

const blank = { name: '', dose: '', route: '口服', frequency: '', days: 30, note: '' }
const namesOf = ({ medicines }: Typed): string =>
  medicines
    .map((one) => one.name.trim())
    .filter(Boolean)
    .join('\n')

/** The medicines to be continued, one line each, and whether the receiver has them. */
export function Medicines({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { medicines, to } = form.value
  // Asked once a name has been typed to its end.
  const [asked, setAsked] = useState(() => namesOf(form.value))
  const there = useRead(
    pharmacyApi.readAvailability,
    { query: { institutionId: to?.value ?? '', names: asked } },
    { when: Boolean(to) && asked !== '', keepPrevious: true, live: ['pharmacy.stock-confirmed'] },
  )
  const put = (at: number, change: Partial<(typeof medicines)[number]>) =>
    form.set(
      'medicines',
      medicines.map((one, i) => (i === at ? { ...one, ...change } : one)),
    )
  const replace = (at: number, name: string) => {
    put(at, { name })
    setAsked([asked, name].join('\n'))
  }
  return (
    <Field label={t('back.medicines')} wide>
      {(id) => (
        <div id={id} style={{ display: 'grid', gap: 8 }}>
          {medicines.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are typed in place and have no other identity
            <div key={i} style={{ display: 'grid', gap: 4 }}>
              <div className="tm-row">
                <Input
                  aria-label={t('back.medicine')}
                  placeholder={t('back.medicine')}
                  style={{ width: 220 }}
                  value={one.name}
                  onChange={({ target }) => put(i, { name: target.value })}
                  onBlur={() => setAsked(namesOf(form.value))}
                />
                <DoseFields one={one} onChange={(change) => put(i, change)} />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('back.remove')}
                  onClick={() =>
                    form.set(
                      'medicines',
                      medicines.filter((_, at) => at !== i),
                    )
                  }
                />
              </div>
              <There
                found={there.data?.find(({ name }) => name === one.name.trim())}
                to={to}
                onReplace={(name) => replace(i, name)}
              />
            </div>
          ))}
          <Button onClick={() => form.set('medicines', [...medicines, blank])}>
            {t('back.add-medicine')}
          </Button>
        </div>
      )}
    </Field>
  )
}

type Medicine = Typed['medicines'][number]

function DoseFields({ one, onChange }: { one: Medicine; onChange: (change: Partial<Medicine>) => void }) {
  const t = useWords(referralWords)
  return (
    <>
      <Input
        aria-label={t('back.dose')}
        placeholder={t('back.dose')}
        style={{ width: 120 }}
        value={one.dose}
        onChange={({ target }) => onChange({ dose: target.value })}
      />
      <Input
        aria-label={t('back.frequency')}
        placeholder={t('back.frequency')}
        style={{ width: 140 }}
        value={one.frequency}
        onChange={({ target }) => onChange({ frequency: target.value })}
      />
      <InputNumber
        aria-label={t('back.days')}
        placeholder={t('back.days')}
        min={1}
        max={366}
        value={one.days}
        onChange={(days) => onChange({ days })}
      />
    </>
  )
}

export const stateTone = {
  inStock: 'tm-good',
  canOrder: 'tm-quiet',
  notHeld: 'tm-bad',
  unknown: 'tm-quiet',
} as const

interface ThereProps {
  readonly found: Availability | undefined
  readonly to: Typed['to']
  readonly onReplace: (name: string) => void
}

/** Held, to be ordered or not to be had at the receiver; what is there instead takes its place with one click. */
function There({ found, to, onReplace }: ThereProps) {
  const t = useWords(referralWords)
  const { institution: higher } = useSession()
  if (!found) return null
  const state = found.state ?? 'unknown'
  return (
    <div className="tm-row">
      <span className={stateTone[state]}>{t(found.drugId ? `there.${state}` : 'there.no-such')}</span>
      {found.alternatives.length > 0 && <span className="tm-quiet">{t('there.instead')}</span>}
      {found.alternatives.slice(0, 3).map(({ drugId, name }) => (
        <Button key={drugId} size="small" onClick={() => onReplace(name)}>
          {name}
        </Button>
      ))}
      {to && higher && found.drugId && !found.available && (
        <a
          href={gapPath({
            ...{ community: { id: to.value, name: to.label }, higher },
            ...{ medicineId: found.drugId, name: found.name },
          })}
          target="_blank"
          rel="noreferrer"
        >
          {t('there.gap')}
        </a>
      )}
    </div>
  )
}
