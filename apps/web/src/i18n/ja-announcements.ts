export const jaAnnouncements = {
  announcements: {
    title: 'お知らせ',
    unread_one: '未読のお知らせ {{count}} 件',
    unread_other: '未読のお知らせ {{count}} 件',
    new: '新着',
    edited: '{{time}} に更新',
    empty: 'お知らせはまだありません。',
    lead: '出すと、参加者のラウンドのページに、読むまで印が付きます。',
    body: '本文（Markdown）',
    post: '知らせる',
    posted: 'お知らせを出しました',
    edit: '書き直す',
    saved: 'お知らせを書き直しました',
    delete: '消す',
    deleteSure: 'このお知らせを消します。元には戻せません。',
    deleted: 'お知らせを消しました',
  },
}
