import { fleetApi, type LandingSite } from '@tongmai/api/dispatch/fleet'
import { Button, Checkbox, Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { dispatchWords } from './words.ts'

/** Where helicopters may land and in what weather; one's own site is kept here. */
export function LandingSites() {
  const t = useWords(dispatchWords)
  const may = useMay()
  const { institution } = useSession()
  const [editing, setEditing] = useState(false)
  const read = useRead(fleetApi.listLandingSites, {}, { live: ['dispatch.landing-site-changed'] })
  const columns = useColumns()
  const own = read.data?.find((site) => site.institutionId === institution?.id)
  return (
    <Card
      title={t('sites')}
      flush
      extra={
        may('dispatch.fleet') &&
        read.data && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t(own ? 'site.change' : 'site.set')}
          </Button>
        )
      }
    >
      <Loaded read={read}>
        {(sites) =>
          sites.length === 0 ? (
            <p className="tm-quiet" style={{ padding: 16 }}>
              {t('site.none')}
            </p>
          ) : (
            <Table label={t('sites')} columns={columns} rows={sites} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      {editing && <SiteForm site={own} onClose={() => setEditing(false)} />}
    </Card>
  )
}

function useColumns(): Column<LandingSite>[] {
  const t = useWords(dispatchWords)
  const said = (value: number | null, unit: string) =>
    value === null ? t('site.unsaid') : `${value} ${unit}`
  return [
    { key: 'institution', title: t('vehicle.base'), short: true, cell: ({ institution }) => institution },
    { key: 'name', title: t('site.name'), cell: ({ name }) => <b>{name}</b> },
    {
      key: 'night',
      title: t('site.at-night'),
      short: true,
      cell: ({ atNight }) => t(atNight ? 'site.night' : 'site.day'),
    },
    {
      key: 'limits',
      title: t('ask.weather'),
      cell: ({ minVisibilityM, minCeilingM, maxWindMs }) =>
        t('site.limits', {
          visibility: said(minVisibilityM, 'm'),
          ceiling: said(minCeilingM, 'm'),
          wind: said(maxWindMs, 'm/s'),
        }),
    },
    { key: 'note', title: t('site.note'), wide: true, cell: ({ note }) => note },
    {
      key: 'state',
      title: t('state'),
      cell: ({ closedReason }) => (
        <StateTag tone={closedReason === null ? 'good' : 'bad'}>
          {closedReason === null ? t('site.open') : t('site.closed', { reason: closedReason })}
        </StateTag>
      ),
    },
  ]
}

interface Typed {
  name: string
  longitude: number | null
  latitude: number | null
  atNight: boolean
  note: string
  closedReason: string
  minVisibilityM: number | null
  minCeilingM: number | null
  maxWindMs: number | null
}
const empty: Typed = {
  ...{ name: '', longitude: null, latitude: null, atNight: false, note: '', closedReason: '' },
  ...{ minVisibilityM: null, minCeilingM: null, maxWindMs: null },
}
const numbers = ['longitude', 'latitude', 'minVisibilityM', 'minCeilingM', 'maxWindMs'] as const

/** My institution's landing site: where it is, when it may be used, and in what weather not. */
function SiteForm({ site, onClose }: { site: LandingSite | undefined; onClose: () => void }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const save = useWrite(fleetApi.setLandingSite, {
    touches: ['dispatch'],
    onDone: ({ name }) => {
      tell(t('site.saved', { name }))
      form.discard()
      onClose()
    },
  })
  const begun = site ? { ...empty, ...site, closedReason: site.closedReason ?? '' } : empty
  const form = useForm<Typed>(`dispatch.site:${site?.id ?? 'new'}`, begun, save.error)
  const { value, set } = form
  const { longitude, latitude } = value
  const send = () => {
    if (longitude === null || latitude === null) return
    const { name, atNight, note, closedReason, minVisibilityM, minCeilingM, maxWindMs } = value
    const limits = { minVisibilityM, minCeilingM, maxWindMs }
    const place = { name, longitude, latitude, atNight, note }
    save.mutate({ body: { ...place, ...limits, closedReason: closedReason.trim() || null } })
  }
  const label = t(site ? 'site.change' : 'site.set')
  return (
    <Modal
      open
      title={label}
      okText={label}
      width={680}
      okButtonProps={{ disabled: !value.name.trim() || longitude === null || latitude === null }}
      confirmLoading={save.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={save.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('site.name')} required wide problem={form.problem('name')}>
          {(id) => <Input id={id} value={value.name} onChange={({ target }) => set('name', target.value)} />}
        </Field>
        {numbers.map((name) => (
          <Field
            key={name}
            label={t(`site.${name}`)}
            required={name === 'longitude' || name === 'latitude'}
            hint={name === 'maxWindMs' ? t('site.limits-hint') : undefined}
            problem={form.problem(name)}
          >
            {(id) => (
              <InputNumber
                id={id}
                style={{ width: '100%' }}
                value={value[name]}
                onChange={(next) => set(name, next)}
              />
            )}
          </Field>
        ))}
        <div>
          <Checkbox checked={value.atNight} onChange={({ target }) => set('atNight', target.checked)}>
            {t('site.at-night')}
          </Checkbox>
        </div>
        {(['note', 'closedReason'] as const).map((name) => (
          <Field
            key={name}
            label={t(name === 'note' ? 'site.note' : 'site.closed-reason')}
            wide
            problem={form.problem(name)}
          >
            {(id) => <Input id={id} value={value[name]} onChange={({ target }) => set(name, target.value)} />}
          </Field>
        ))}
      </Fields>
    </Modal>
  )
}
