import { workforceApi } from '@tongmai/api/workforce'
import type { Licence, Practitioner, Site } from '@tongmai/api/workforce/practitioner'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { To, useParam } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { Slot } from '../../kernel/slot.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { EditPractitioner } from './edit-practitioner.tsx'
import { LicenceFormDialog } from './licence-form.tsx'
import { LicenceStateTag } from './licence-state.tsx'
import { workforceWords } from './words.ts'

/** One practitioner: facts, licences, sites, teams, what they answer for. */
export function PractitionerPage() {
  const id = useParam('id')
  const read = useRead(workforceApi.read, { params: { id } }, { live: [`practitioner:${id}`] })
  return <Loaded read={read}>{(practitioner) => <Found practitioner={practitioner} />}</Loaded>
}

function Found({ practitioner }: { practitioner: Practitioner }) {
  const t = useWords(workforceWords)
  const may = useMay()
  const { institution } = useSession()
  const [open, setOpen] = useState<'licence' | 'edit' | null>(null)
  const { id, name, sex, kind, title, phone, external, institutionId, teams } = practitioner
  const mine = may('workforce.manage') && institutionId === institution?.id
  const acts = mine && (
    <>
      <Button onClick={() => setOpen('edit')}>{t('staff.edit')}</Button>
      <Button type="primary" onClick={() => setOpen('licence')}>
        {t('licence.add')}
      </Button>
    </>
  )
  return (
    <Page title={name} hint={`${t(`kind.${kind}`)} · ${t(`title.${title}`)}`} actions={acts}>
      {external && <Alert type="info" showIcon title={t('staff.external')} />}
      <Card title={t('staff.one')}>
        <Facts
          columns={2}
          facts={[
            [t('staff.sex'), t(`sex.${sex}`)],
            [t('staff.phone'), phone && <a href={`tel:${phone}`}>{phone}</a>],
            [
              t('team.title'),
              teams.map((one) => one.name + (one.leads ? `（${t('team.leads')}）` : '')).join('、'),
            ],
          ]}
        />
      </Card>
      <Licences practitioner={practitioner} mine={mine} />
      <Sites practitioner={practitioner} />
      <AnswersFor practitionerId={id} />
      <Slot at="practitioner" practitionerId={id} />
      <LicenceFormDialog practitionerId={id} open={open === 'licence'} onClose={() => setOpen(null)} />
      <EditPractitioner practitioner={practitioner} open={open === 'edit'} onClose={() => setOpen(null)} />
    </Page>
  )
}

function Licences({ practitioner, mine }: { practitioner: Practitioner; mine: boolean }) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const end = useWrite(workforceApi.endLicence, {
    touches: ['workforce'],
    onDone: () => tell(t('staff.saved')),
  })
  const today = showDay(timeNow())
  const run = (id: string) => end.mutate({ params: { id }, body: { until: today } }, { onError })
  const ask = (id: string) =>
    confirm({ label: t('licence.end'), confirm: t('licence.end-confirm'), danger: true, run: () => run(id) })
  const runs = ({ state }: Licence) => state === 'current' || state === 'expiring'
  const columns: Column<Licence>[] = [
    { key: 'kind', title: t('staff.kind'), cell: (one) => t(`licenceKind.${one.kind}`) },
    { key: 'number', title: t('licence.number'), cell: (one) => <code>{one.number}</code> },
    {
      key: 'scopes',
      title: t('licence.scopes'),
      cell: (one) => one.scopes.map((s) => t(`scope.${s}`)).join('、') || '—',
    },
    { key: 'since', title: t('staff.since'), cell: (one) => one.since },
    { key: 'until', title: t('staff.until'), cell: (one) => one.until ?? t('licence.open') },
    { key: 'state', title: t('staff.licence'), cell: (one) => <LicenceStateTag state={one.state} /> },
    {
      key: 'act',
      title: '',
      cell: (one) =>
        mine && runs(one) ? (
          <Button size="small" type="text" danger onClick={() => ask(one.id)}>
            {t('licence.end')}
          </Button>
        ) : null,
    },
  ]
  const { licences } = practitioner
  return (
    <Card title={t('licence.title')} flush>
      {licences.length === 0 ? (
        <Nothing title={t('licence.none')} />
      ) : (
        <Table label={t('licence.title')} columns={columns} rows={licences} keyOf={({ id }) => id} />
      )}
    </Card>
  )
}

function Sites({ practitioner }: { practitioner: Practitioner }) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const may = useMay()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const { institution } = useSession()
  const done = { touches: ['workforce'], onDone: () => tell(t('staff.saved')) }
  const add = useWrite(workforceApi.addSite, done)
  const end = useWrite(workforceApi.endSite, done)
  const today = showDay(timeNow())
  const { id, sites, external } = practitioner
  const open = (site: Site) => site.until === null || site.until >= today
  const here = sites.some((site) => site.institutionId === institution?.id && open(site))
  const body = { departmentId: null, primary: false, since: today, until: null }
  const run = (site: Site) => end.mutate({ params: { id: site.id }, body: { until: today } }, { onError })
  const ask = (site: Site) =>
    confirm({ label: t('site.end'), confirm: t('site.end-confirm'), danger: true, run: () => run(site) })
  const columns: Column<Site>[] = [
    { key: 'institution', title: t('staff.site'), cell: (one) => one.institution },
    { key: 'department', title: t('staff.department'), cell: (one) => one.department ?? '—' },
    { key: 'primary', title: t('staff.kind'), cell: (one) => t(one.primary ? 'site.primary' : 'site.filed') },
    { key: 'since', title: t('staff.since'), cell: (one) => one.since },
    { key: 'until', title: t('staff.until'), cell: (one) => one.until ?? t('licence.open') },
    {
      key: 'act',
      title: '',
      cell: (one) =>
        may('workforce.manage') && one.institutionId === institution?.id && open(one) ? (
          <Button size="small" type="text" danger onClick={() => ask(one)}>
            {t('site.end')}
          </Button>
        ) : null,
    },
  ]
  const extra = may('workforce.manage') && !here && !external && (
    <Button onClick={() => add.mutate({ params: { id }, body }, { onError })}>{t('site.add')}</Button>
  )
  return (
    <Card title={t('staff.site')} extra={extra} flush>
      <Table label={t('staff.site')} columns={columns} rows={sites} keyOf={(site) => site.id} />
    </Card>
  )
}

function AnswersFor({ practitionerId }: { practitionerId: string }) {
  const t = useWords(workforceWords)
  const say = useSay()
  const { briefly } = useDates()
  const asked = { params: { id: practitionerId }, query: { offset: 0, limit: 50 } }
  const read = useRead(workforceApi.listResponsible, asked, { live: ['workforce.responsible'] })
  return (
    <Card title={t('staff.cases')}>
      <Loaded read={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('staff.no-cases')}</p>
          ) : (
            <ul>
              {items.map((one) => (
                <li key={one.thing}>
                  <To to={pathOf(one.thing)}>{say(`${one.thing.split(':')[0]}.title`)}</To> ·{' '}
                  {briefly(one.since)}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

/** `referral:7` lies at `/referrals/7`: each module keeps its things under its plural. */
const pathOf = (thing: string): string => `/${thing.replace(':', 's/')}`
