//! The audit on the wire.

use freehold_contract::{
    AuditKind, AuditLeftover, AuditReport, AuditRow, AuditScore, AuditSource, AuditSourceKind, AuditUnread,
    AuditVerdict, CloudHint, DrillChoice,
};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Audit, AuditRow as Row, Cloud, Provider, Score, Source, SourceKind, UserKind, Verdict};

use super::super::view::own_node;
use super::Audited;

pub(super) fn report(audited: &Audited) -> AuditReport {
    let audit = &audited.audit;
    AuditReport {
        rows: audit.rows.iter().map(|row| row_view(row, &audited.nodes)).collect(),
        leftovers: audit
            .leftovers
            .iter()
            .map(|left| AuditLeftover {
                wallet: left.wallet.clone(),
                name: left.name.clone(),
                what: left.what.clone(),
                host: left.host.clone(),
                provider: left.provider.map(|provider| provider.name.clone()),
                how_off: left.how_off.clone(),
            })
            .collect(),
        now: score_view(audit.now()),
        before: score_view(audit.before()),
        unread: audit
            .unread
            .iter()
            .map(|file| AuditUnread {
                path: file.path.display().to_string(),
                why: file.why.clone(),
            })
            .collect(),
        drill_choices: choices(audit),
    }
}

fn row_view(row: &Row, nodes: &[NodeSnapshot]) -> AuditRow {
    let now = &row.now;
    let answers = now
        .host
        .as_deref()
        .zip(now.port)
        .and_then(|(host, port)| own_node(nodes, host, port));
    AuditRow {
        id: row.id.clone(),
        kind: kind_view(row.kind),
        who: row.who.clone(),
        wallet: row.wallet.clone(),
        node: answers
            .map(|node| node.record.id.to_string())
            .or_else(|| row.node.clone()),
        network: row.network.clone(),
        endpoint: now.endpoint.clone(),
        host: now.host.clone(),
        provider: now
            .provider
            .map(|provider| provider.name.clone())
            .or_else(|| now.leans_on.clone()),
        provider_id: now.provider.map(|provider| provider.id.clone()),
        cloud: now.provider.and_then(hint_view),
        verdict: match now.verdict {
            Verdict::Own => AuditVerdict::Own,
            Verdict::Others => AuditVerdict::Others,
            Verdict::Unknown => AuditVerdict::Unknown,
        },
        counted: now.counted,
        read_from: row.read_from.iter().map(source_view).collect(),
        notes: row.notes.clone(),
        switched: row.before.is_some(),
        endpoint_before: row
            .before
            .as_ref()
            .and_then(|before| before.endpoint.clone().or_else(|| before.leans_on.clone())),
    }
}

pub(in super::super) fn kind_view(kind: UserKind) -> AuditKind {
    match kind {
        UserKind::Wallet => AuditKind::Wallet,
        UserKind::Tool => AuditKind::Tool,
        UserKind::Environment => AuditKind::Environment,
        UserKind::Node => AuditKind::Node,
    }
}

fn hint_view(provider: &Provider) -> Option<CloudHint> {
    Some(CloudHint {
        clouds: provider.clouds.iter().map(|cloud| cloud.id().to_owned()).collect(),
        text: provider.hint()?,
        certain: provider.operated_by.is_some(),
    })
}

fn source_view(source: &Source) -> AuditSource {
    AuditSource {
        kind: match source.kind {
            SourceKind::SettingsFile => AuditSourceKind::SettingsFile,
            SourceKind::ShellFile => AuditSourceKind::ShellFile,
            SourceKind::EnvironmentFile => AuditSourceKind::EnvironmentFile,
            SourceKind::Process => AuditSourceKind::Process,
            SourceKind::NodeOption => AuditSourceKind::NodeOption,
        },
        path: source.path.as_ref().map(|path| path.display().to_string()),
        line: source.line,
    }
}

fn score_view(score: Score) -> AuditScore {
    AuditScore {
        own: score.own,
        others: score.others,
        unknown: score.unknown,
        total: score.total(),
        score: score.points(),
        sentence: score.sentence(),
    }
}

/// Whom a drill can leave out: the providers that are found here, then the big clouds.
pub(in super::super) fn choices(audit: &Audit) -> Vec<DrillChoice> {
    let providers = audit.providers_here().into_iter().map(|provider| DrillChoice {
        id: provider.id.clone(),
        name: provider.name.clone(),
        is_cloud: false,
        found_here: true,
    });
    let clouds = Cloud::BIG.into_iter().map(|cloud| DrillChoice {
        id: cloud.id().to_owned(),
        name: cloud.name().to_owned(),
        is_cloud: true,
        found_here: audit.is_cloud_here(cloud),
    });
    providers.chain(clouds).collect()
}
