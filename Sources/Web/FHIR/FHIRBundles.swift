import FHIR
import Foundation
import Primitives

/// One page of a search, as a Bundle with the address of the next.
struct SearchPage {
    let type: ResourceType
    let query: SearchQuery
    let found: ResourceReadings.Found
    let base: String

    var bundle: R4.Bundle {
        var bundle = R4.Bundle()
        bundle.type = .searchset
        let own = query.cursor.map { [SearchQuery.Pair(SearchQuery.cursorName, $0)] } ?? []
        bundle.link = [R4.Bundle.Link("self", address(query.used + own))]
        if let next = found.next {
            let cursor = SearchQuery.Pair(SearchQuery.cursorName, Cursor.encode(next))
            bundle.link.append(R4.Bundle.Link("next", address(query.used + [cursor])))
        }
        bundle.entry = found.resources.map(match)
        if !query.unknown.isEmpty { bundle.entry.append(ignored) }
        return bundle
    }

    private func match(_ resource: R4.Resource) -> R4.Bundle.Entry {
        var entry = R4.Bundle.Entry()
        entry.fullUrl = resource.place.map { "\(base)/\($0.type)/\($0.id)" }
        entry.resource = resource
        entry.search = R4.Bundle.Search(.match)
        return entry
    }

    /// That some parameters changed nothing.
    private var ignored: R4.Bundle.Entry {
        var issue = R4.OperationOutcome.Issue()
        issue.severity = .warning
        issue.code = "not-supported"
        issue.diagnostics = "ignored: \(query.unknown.joined(separator: ", "))"
        var entry = R4.Bundle.Entry()
        entry.resource = .operationOutcome(R4.OperationOutcome(issue))
        entry.search = R4.Bundle.Search(.outcome)
        return entry
    }

    private func address(_ pairs: [SearchQuery.Pair]) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:")
        func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
        let query = pairs.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        return query.isEmpty ? "\(base)/\(type.rawValue)" : "\(base)/\(type.rawValue)?\(query)"
    }
}

extension FHIRRoutes {
    /// The requests in a transaction, each to be created.
    ///
    /// - Throws: `FHIRRefusal` for a Bundle of another kind, an entry that is not the creation of a MedicationRequest.
    static func requests(of bundle: R4.Bundle) throws -> [(request: R4.MedicationRequest, path: String)] {
        guard bundle.type == .transaction else {
            throw FHIRRefusal(.elementNotSupported, "a transaction is expected", field: "Bundle.type")
        }
        guard !bundle.entry.isEmpty else { throw FHIRRefusal(.elementMissing, "a transaction has entries", field: "Bundle.entry") }
        return try bundle.entry.enumerated().map { number, entry in
            let path = "Bundle.entry[\(number)]"
            guard entry.request?.method == "POST", entry.request?.url == "MedicationRequest", entry.request?.ifNoneExist == nil
            else {
                throw FHIRRefusal(.elementNotSupported, "POST MedicationRequest is expected", field: "\(path).request")
            }
            guard case .medicationRequest(let request)? = entry.resource else {
                throw FHIRRefusal(.elementMissing, "a MedicationRequest is expected", field: "\(path).resource")
            }
            return (request, "\(path).resource")
        }
    }

    /// What came of a transaction: every request as it is kept, in the order they came.
    static func response(_ created: [R4.MedicationRequest], _ call: FHIRCall) -> R4.Bundle {
        var bundle = R4.Bundle()
        bundle.type = .transactionResponse
        bundle.entry = created.map { request in
            let location = "\(call.base)/MedicationRequest/\(request.id ?? "")"
            var response = R4.Bundle.Response()
            response.status = "201 Created"
            response.location = location
            var entry = R4.Bundle.Entry()
            entry.fullUrl = location
            entry.resource = .medicationRequest(request)
            entry.response = response
            return entry
        }
        return bundle
    }
}
