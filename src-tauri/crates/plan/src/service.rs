//! Which of an entry's services are part of a node.

use std::collections::BTreeMap;

use freehold_model::spec::{EndpointSpec, NodeSpec, ProbeSpec, ServiceSpec};
use freehold_model::{NodeRecord, ServiceName};

use crate::ResolvedOptions;
use crate::fill::alias;

/// The services that the options choose, in start order.
pub fn active_services<'a>(
    spec: &'a NodeSpec,
    options: &'a ResolvedOptions,
) -> impl Iterator<Item = &'a ServiceSpec> + 'a {
    spec.services
        .iter()
        .filter(move |service| service.when.as_ref().is_none_or(|test| options.holds(spec, test)))
}

/// The active service of a name or a role.
pub fn active_service<'a>(
    spec: &'a NodeSpec,
    options: &'a ResolvedOptions,
    called: &ServiceName,
) -> Option<&'a ServiceSpec> {
    active_services(spec, options).find(|service| service.is_called(called))
}

/// The probes of the services that the options choose, the main one first.
pub fn active_probes<'a>(spec: &'a NodeSpec, options: &'a ResolvedOptions) -> impl Iterator<Item = &'a ProbeSpec> + 'a {
    spec.probes().filter(move |probe| {
        probe.when.as_ref().is_none_or(|test| options.holds(spec, test))
            && active_service(spec, options, &probe.service).is_some()
    })
}

/// The endpoints that the options offer.
pub fn active_endpoints<'a>(
    spec: &'a NodeSpec,
    options: &'a ResolvedOptions,
) -> impl Iterator<Item = &'a EndpointSpec> + 'a {
    spec.endpoints.iter().filter(move |endpoint| {
        endpoint.when.as_ref().is_none_or(|test| options.holds(spec, test))
            && active_service(spec, options, &endpoint.service).is_some()
    })
}

/// Whether a port asks for one of the entry's RPC users: the port that the probe asks with such a user itself.
pub fn asks_for_user(spec: &NodeSpec, port: &str) -> bool {
    !spec.credentials.is_empty() && spec.probe.consumer.is_some() && spec.probe.port == port
}

/// The name under which the service with a port is reached by other nodes, by the port's name.
pub fn hosts_by_port(spec: &NodeSpec, record: &NodeRecord, options: &ResolvedOptions) -> BTreeMap<String, String> {
    let services = active_services(spec, options);
    services
        .flat_map(|service| {
            service
                .ports
                .iter()
                .map(move |port| (port.name.clone(), alias(record, &service.name)))
        })
        .collect()
}
