import { residentApi } from '@tongmai/api/resident'
import type { Found } from '@tongmai/api/resident/person'
import { Button } from 'antd'
import { useState } from 'react'
import { To, useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { EmergencyDialog } from './emergency-dialog.tsx'
import { WhoFields } from './who-fields.tsx'
import { residentWords } from './words.ts'

const LIMIT = 50

/** Finds a resident by whatever is known of them. What was typed stays out of the address. */
export function SearchPage() {
  const t = useWords(residentWords)
  const may = useMay()
  const go = useGo()
  const search = useWrite(residentApi.search)
  const register = may('resident.register') && (
    <Button onClick={() => go('/residents/new')}>{t('register.title')}</Button>
  )
  return (
    <Page title={t('search.title')} hint={t('search.hint')} actions={register}>
      <Card>
        <WhoFields
          autoFocus
          busy={search.isPending}
          onSearch={(by) => search.mutate({ body: { ...by, offset: 0, limit: LIMIT } })}
          onClear={() => search.reset()}
        />
      </Card>
      <RefusalNote refused={search.error} />
      {search.data ? (
        <Results found={search.data.items} isCut={search.data.total > search.data.items.length} />
      ) : (
        !search.error && <Nothing title={t('search.begin')} hint={t('search.begin-hint')} />
      )}
    </Page>
  )
}

function Results({ found, isCut }: { found: readonly Found[]; isCut: boolean }) {
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
      <p className="tm-quiet" style={{ padding: '8px 16px 0' }}>
        {[isCut && t('search.more', { n: LIMIT }), t('search.audited')].filter(Boolean).join('；')}
      </p>
      {urgent && <EmergencyDialog found={urgent} onClose={() => setUrgent(null)} />}
      <Table
        label={t('search.title')}
        keys
        rows={found}
        keyOf={({ id }) => id}
        rowTo={({ id, basis }) => (basis ? `/residents/${id}` : '/residents/new')}
        columns={[
          { key: 'name', title: t('field.name'), cell: (one) => <b>{one.name ?? one.nameMasked}</b> },
          { key: 'sex', title: t('field.sex'), cell: (one) => t(`sex.${one.sex}`) },
          { key: 'birth', title: t('field.birth'), cell: (one) => one.birthDate ?? '—' },
          { key: 'number', title: t('field.number'), cell: (one) => one.idMasked ?? '—' },
          { key: 'phone', title: t('field.phone'), cell: (one) => one.phoneMasked ?? '—' },
          { key: 'basis', title: t('search.basis'), cell: basisOf },
        ]}
      />
    </Card>
  )
}
