import { placeKind } from '@tongmai/api/capacity/flow'
import type { Referral } from '@tongmai/api/referral/shape'
import { Button, Checkbox, Segmented } from 'antd'
import { useDates } from '../../kernel/use-dates.ts'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { BedKindChoice, type PlaceChoice, PlacePicker } from '../capacity/index.ts'
import { findDepartments } from './choice.ts'
import type { MoveTyped } from './move-form.ts'
import { referralWords } from './words.ts'

interface Props {
  readonly form: FormState<MoveTyped>
  readonly referral: Referral
}

/** Reserves a slot or a bed along with the arrangement; what was held for who waited is first. */
export function PlaceField({ form, referral }: Props) {
  const t = useWords(referralWords)
  const { department, placeId, placeKind: kind } = form.value
  const choose = (place: PlaceChoice | null) => form.change(place ? typedOf(place) : { placeId: null })
  return (
    <Field label={t('place.reserve')} wide problem={form.problem('arrangement.placeId')}>
      {(id) => (
        <div id={id} style={{ display: 'grid', gap: 8 }}>
          <Offer form={form} referral={referral} />
          <KindChoice form={form} />
          {department ? (
            <PlacePicker
              departmentId={department.value}
              kind={kind}
              source="referral"
              residentId={referral.resident.id}
              value={placeId}
              onChange={choose}
            />
          ) : (
            <p className="tm-quiet">{t('place.choose-department')}</p>
          )}
        </div>
      )}
    </Field>
  )
}

/** A slot brings its time and its doctor; a bed is free now. */
const typedOf = ({ placeId, at, name, room, practitioner }: PlaceChoice): Partial<MoveTyped> => ({
  placeId,
  place: [name, room].filter(Boolean).join(' · '),
  ...(at ? { at } : {}),
  ...(practitioner ? { doctor: { value: practitioner.id, label: practitioner.name } } : {}),
})

function Offer({ form, referral: { offer } }: Props) {
  const t = useWords(referralWords)
  const { moment } = useDates()
  if (!offer || offer.departmentId !== form.value.department?.value) return null
  const taken = form.value.placeId === offer.placeId
  const take = () =>
    form.change({
      placeId: offer.placeId,
      place: offer.name,
      ...(offer.kind === 'bed' ? {} : { at: offer.at }),
    })
  return (
    <div className="tm-row">
      <b>
        {t('place.offer', {
          place: offer.kind === 'bed' ? offer.name : `${offer.name} ${moment(offer.at)}`,
          until: moment(offer.until),
        })}
      </b>
      <Button type="primary" disabled={taken} onClick={take}>
        {t(taken ? 'place.taken' : 'place.take')}
      </Button>
    </div>
  )
}

function KindChoice({ form }: { form: Props['form'] }) {
  const t = useWords(referralWords)
  return (
    <Segmented
      value={form.value.placeKind}
      options={placeKind.options.map((value) => ({ value, label: t(`place.${value}`) }))}
      onChange={(kind) => form.change({ placeKind: kind, placeId: null })}
    />
  )
}

/** Where nothing is free: in which line the patient shall stand. */
export function LineFields({ form, referral: { to } }: Props) {
  const t = useWords(referralWords)
  const { waits, department } = form.value
  return (
    <Fields columns={1}>
      <Checkbox checked={waits} onChange={({ target }) => form.set('waits', target.checked)}>
        {t('place.wait')}
      </Checkbox>
      {waits && (
        <>
          <Field label={t('department')} required problem={form.problem('waitFor.departmentId')}>
            {(id) => (
              <Picker
                id={id}
                name={`referral.department.${to.id}`}
                find={findDepartments(to.id)}
                value={department}
                onChange={(next) => form.set('department', next)}
              />
            )}
          </Field>
          <KindChoice form={form} />
          {form.value.placeKind === 'bed' && (
            <BedKindChoice value={form.value.bedKind} onChange={(kind) => form.set('bedKind', kind)} />
          )}
        </>
      )}
    </Fields>
  )
}
