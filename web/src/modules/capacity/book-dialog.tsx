import { capacityApi } from '@tongmai/api/capacity'
import { type PlaceKind, type PlaceSource, placeKind, sources } from '@tongmai/api/capacity/flow'
import { Button, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { DepartmentChoice } from './department-choice.tsx'
import { type PlaceChoice, PlacePicker } from './place-picker.tsx'
import { capacityWords } from './words.ts'

interface Wish {
  readonly institution: Choice | null
  readonly departmentId: string | null
  readonly kind: PlaceKind
  readonly source: PlaceSource
}
const begin: Wish = { institution: null, departmentId: null, kind: 'clinic', source: 'community' }

/** Books a place for a resident anywhere; where nothing is free, they join the waiting list. */
export function BookDialog({ residentId, onClose }: { residentId: string; onClose: () => void }) {
  const t = useWords(capacityWords)
  const tell = useTell()
  const { moment } = useDates()
  const [wish, setWish] = useState(begin)
  const [place, setPlace] = useState<PlaceChoice | null>(null)
  const touches = ['capacity']
  const book = useWrite(capacityApi.book, {
    touches,
    onDone: ({ at }) => {
      tell(t('book.done', { at: moment(at) }))
      onClose()
    },
  })
  const wait = useWrite(capacityApi.wait, {
    touches,
    onDone: ({ reservationId }) => {
      tell(t(reservationId ? 'book.got' : 'book.waiting'))
      onClose()
    },
  })
  const change = (next: Partial<Wish>) => {
    setWish({ ...wish, ...next })
    setPlace(null)
  }
  const { departmentId, kind, source } = wish
  const join = (urgency: 'routine' | 'urgent') =>
    departmentId && wait.mutate({ body: { departmentId, kind, residentId, source, urgency } })
  return (
    <Modal
      open
      width={720}
      title={t('book.title')}
      okText={t('book.act')}
      okButtonProps={{ disabled: !place, loading: book.isPending }}
      onOk={() => place && book.mutate({ body: { placeId: place.placeId, residentId, source } })}
      onCancel={onClose}
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <WishFields wish={wish} onChange={change} />
        {departmentId ? (
          <>
            <b>{t('book.choose')}</b>
            <PlacePicker
              departmentId={departmentId}
              kind={kind}
              source={source}
              residentId={residentId}
              value={place?.placeId ?? null}
              onChange={setPlace}
            />
            <span className="tm-row">
              <Button loading={wait.isPending} onClick={() => join('routine')}>
                {t('book.wait')}
              </Button>
              <Button onClick={() => join('urgent')}>{t('book.wait-urgent')}</Button>
            </span>
          </>
        ) : (
          <p className="tm-quiet">{t('book.choose-department')}</p>
        )}
        <RefusalNote refused={book.error ?? wait.error} />
      </div>
    </Modal>
  )
}

function WishFields({ wish, onChange }: { wish: Wish; onChange: (next: Partial<Wish>) => void }) {
  const t = useWords(capacityWords)
  return (
    <Fields>
      <Field label={t('book.where')} required>
        {(id) => (
          <Picker
            id={id}
            name="capacity.institution"
            find={findInstitutionChoices}
            value={wish.institution}
            onChange={(institution) => onChange({ institution, departmentId: null })}
          />
        )}
      </Field>
      <Field label={t('schedule.department')} required>
        {(id) => (
          <DepartmentChoice
            id={id}
            institutionId={wish.institution?.value ?? null}
            value={wish.departmentId}
            onChange={(departmentId) => onChange({ departmentId })}
          />
        )}
      </Field>
      <Field label={t('book.kind')}>
        {(id) => (
          <Segmented
            id={id}
            value={wish.kind}
            options={placeKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(kind) => onChange({ kind })}
          />
        )}
      </Field>
      <Field label={t('book.source')}>
        {(id) => (
          <Select
            id={id}
            value={wish.source}
            options={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
            onChange={(source) => onChange({ source })}
          />
        )}
      </Field>
    </Fields>
  )
}
