import { residentApi } from '@tongmai/api/resident'
import type { Found } from '@tongmai/api/resident/person'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { To, useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { EmergencyDialog } from './emergency-dialog.tsx'
import { residentWords } from './words.ts'

const LIMIT = 50
const empty = { number: '', phone: '', name: '', birthDate: null as string | null }

/** Finds a resident by number, telephone, or name and birth date. What was typed stays out of the address. */
export function SearchPage() {
  const t = useWords(residentWords)
  const may = useMay()
  const go = useGo()
  const [typed, setTyped] = useState(empty)
  const search = useWrite(residentApi.search)
  const set = (change: Partial<typeof empty>) => setTyped({ ...typed, ...change })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const { number, phone, name, birthDate } = typed
    const by = {
      ...(number.trim() ? { number } : {}),
      ...(phone.trim() ? { phone } : {}),
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(birthDate ? { birthDate } : {}),
    }
    search.mutate({ body: { ...by, offset: 0, limit: LIMIT } })
  }
  const clear = () => {
    setTyped(empty)
    search.reset()
  }
  const register = may('resident.register') && (
    <Button onClick={() => go('/residents/new')}>{t('register.title')}</Button>
  )
  return (
    <Page title={t('search.title')} hint={t('search.hint')} actions={register}>
      <Card>
        <form onSubmit={send}>
          <Fields columns={3}>
            <Field label={t('search.number')}>
              {(id) => (
                <Input
                  id={id}
                  autoFocus
                  autoComplete="off"
                  value={typed.number}
                  onChange={(event) => set({ number: event.target.value })}
                />
              )}
            </Field>
            <Field label={t('search.phone')}>
              {(id) => (
                <Input id={id} value={typed.phone} onChange={(event) => set({ phone: event.target.value })} />
              )}
            </Field>
            <Field label={t('search.name')}>
              {(id) => (
                <Input id={id} value={typed.name} onChange={(event) => set({ name: event.target.value })} />
              )}
            </Field>
            <Field label={t('search.birth')}>
              {(id) => (
                <DayField id={id} value={typed.birthDate} onChange={(birthDate) => set({ birthDate })} />
              )}
            </Field>
          </Fields>
          <div className="tm-row" style={{ marginTop: 16 }}>
            <Button type="primary" htmlType="submit" loading={search.isPending}>
              {t('search.act')}
            </Button>
            {typed !== empty && (
              <Button type="text" onClick={clear}>
                {t('search.clear')}
              </Button>
            )}
          </div>
        </form>
      </Card>
      <RefusalNote refused={search.error} />
      {search.data ? (
        <Results found={search.data.items} />
      ) : (
        !search.error && <Nothing title={t('search.begin')} hint={t('search.begin-hint')} />
      )}
    </Page>
  )
}

function Results({ found }: { found: readonly Found[] }) {
  const t = useWords(residentWords)
  const may = useMay()
  const [urgent, setUrgent] = useState<Found | null>(null)
  if (found.length === 0) return <Nothing title={t('search.none')} hint={t('search.none-hint')} />
  const basisOf = (one: Found) =>
    one.basis ? (
      <StateTag tone="good">{t(`basis.${one.basis}`)}</StateTag>
    ) : (
      <>
        <StateTag tone="note">{t('search.no-basis')}</StateTag>{' '}
        {may('resident.register') && <To to="/residents/new">{t('search.register')}</To>}{' '}
        {may('resident.emergency') && (
          <Button size="small" danger onClick={() => setUrgent(one)}>
            {t('emergency.open')}
          </Button>
        )}
      </>
    )
  return (
    <Card flush>
      {urgent && <EmergencyDialog found={urgent} onClose={() => setUrgent(null)} />}
      <Table
        label={t('search.title')}
        keys
        rows={found}
        keyOf={({ id }) => id}
        rowTo={({ id, basis }) => (basis ? `/residents/${id}` : '/residents/new')}
        columns={[
          { key: 'name', title: t('field.name'), cell: (one) => <b>{one.nameMasked}</b> },
          { key: 'sex', title: t('field.sex'), cell: (one) => t(`sex.${one.sex}`) },
          { key: 'birth', title: t('field.birth'), cell: (one) => one.birthDate ?? '—' },
          { key: 'number', title: t('field.number'), cell: (one) => one.idMasked ?? '—' },
          { key: 'phone', title: t('field.phone'), cell: (one) => one.phoneMasked ?? '—' },
          { key: 'basis', title: '', cell: basisOf },
        ]}
      />
    </Card>
  )
}
