import Foundation
import Formulary
import Parties
import Postgres
import Primitives

/// Publishes the formulary of a demonstration consortium, in force from the first day of its history. Leaves a consortium
/// alone that has a version already.
struct LoadFormulary: Sendable {
    let consortium: LoadedConsortium
    let products: [CatalogueProduct]
    let selection: FormularySelection

    /// - Parameter start: the first moment of the history.
    /// - Returns: how many products the formulary permits, or did before.
    func run(in transaction: Transaction, at start: Instant) throws -> Int {
        let versions = FormularyVersionsStore(transaction, of: consortium.consortium.id)
        if let latest = try versions.versions(before: nil, limit: 1).first { return latest.entries }
        let keeper = try consortium.principal("formulary-keeper")
        let id = FormularyVersionID(StableNumber("formulary", consortium.consortium.code).uuid)
        _ = try DraftFormulary(id: id, note: "统一用药目录").run(in: transaction, by: keeper, at: start)
        _ = try PutFormularyEntries(version: id, entries: products.map(selection.entry))
            .run(in: transaction, by: keeper, at: start)
        return try PublishFormulary(version: id, validFrom: start.businessDay)
            .run(in: transaction, by: keeper, at: start).entries
    }
}
