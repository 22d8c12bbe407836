import { noticeApi } from '@tongmai/api/notice'
import type { MineCode, MyNotice } from '@tongmai/api/notice/mine'
import { residentApi } from '@tongmai/api/resident'
import { useState } from 'react'
import { SmallLink } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { wayOf } from './way.ts'
import { myNoticeWords } from './words.ts'

const STEP = 20
const live = ['notice']
const useUnread = (): number => useRead(noticeApi.countMyUnread, {}, { live }).data?.unread ?? 0

/** On the first page, while there is something new. */
export function NewNotices() {
  const t = useWords(myNoticeWords)
  const unread = useUnread()
  if (unread === 0) return null
  return (
    <Block>
      <Row title={t('mine.title')} detail={t('mine.new', { count: unread })} to="/notices" />
    </Block>
  )
}

/** On the page 我的, always. */
export function NoticeRow() {
  const t = useWords(myNoticeWords)
  const unread = useUnread()
  return (
    <Block>
      <Row
        title={t('mine.title')}
        detail={unread > 0 ? t('mine.new', { count: unread }) : t('mine.none-new')}
        to="/notices"
      />
    </Block>
  )
}

/** All that I was told, newest first; touching a line opens where its matter stands. */
export function MyNotices() {
  const t = useWords(myNoticeWords)
  const [limit, setLimit] = useState(STEP)
  const read = useRead(noticeApi.listMyNotices, { query: { limit } }, { live, keepPrevious: true })
  const all = useWrite(noticeApi.markAllMyRead, { touches: live })
  return (
    <Known read={read}>
      {({ items, total }) => (
        <>
          {items.some((one) => one.readAt === null) && (
            <Button quiet busy={all.isPending} onClick={() => all.mutate({})}>
              {t('mine.read-all')}
            </Button>
          )}
          <Block>
            {items.length === 0 && <p className="me-quiet">{t('mine.none')}</p>}
            {items.map((one) => (
              <Line key={one.id} one={one} />
            ))}
          </Block>
          {total > items.length && (
            <Button quiet busy={read.isFetching} onClick={() => setLimit(limit + STEP)}>
              {t('mine.more')}
            </Button>
          )}
        </>
      )}
    </Known>
  )
}

function Line({ one }: { one: MyNotice }) {
  const t = useWords(myNoticeWords)
  const { briefly } = useDates()
  const people = useRead(residentApi.readMe, {}).data ?? []
  const mark = useWrite(noticeApi.markMyRead, { touches: live })
  const whose = people.length > 1 ? people.find(({ id }) => id === one.residentId)?.name : undefined
  const said = t(`mine.${one.code as MineCode}`, one.data as Record<string, string>)
  const about = [whose && t('mine.about', { name: whose }), briefly(one.at)].filter(Boolean).join(' · ')
  const unread = one.readAt === null
  return (
    <SmallLink
      to={wayOf(one.code, one.thing, one.data)}
      className="me-row"
      onFollow={() => {
        if (unread) mark.mutate({ params: { id: one.id } })
      }}
    >
      <span>
        <b>{said}</b>
        <small>{about}</small>
      </span>
      {unread && <i className="me-new">{t('mine.unread')}</i>}
      <span className="me-arrow" aria-hidden="true" />
    </SmallLink>
  )
}
