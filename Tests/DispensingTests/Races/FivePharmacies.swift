import Dispensing
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// Five pharmacies with a dispenser each, stock of two traced products in three batches, and many connections.
struct FivePharmacies: Sendable {
    let clinic: Clinic
    let stores: [StoreID]
    let dispensers: [Principal]
    let batches: [BatchID]
    let connections: Database

    /// Prefix and pack size of the two products.
    static let prefixes = ["8385793", "8400001"]
    static let packSizes: [BaseUnits] = [28, 30]

    static func make(in database: TestDatabase) async throws -> FivePharmacies {
        let clinic = try await Clinic.make(in: database)
        let small = clinic.consortium
        let added = try await database.owner.write { transaction in
            try (3...5).map { number in
                let parties = PartiesStore(transaction)
                let facility = try #require(
                    try parties.addFacility(
                        to: small.id, code: "F\(number)", name: "\(number)镇卫生院", level: .township, role: .member,
                        servesAs: "township health centre"))
                let store = try #require(
                    try parties.addStore(
                        to: small.id, facility: facility, code: "S\(number)", name: "\(number)号药房", kind: .pharmacy))
                _ = try People(transaction).add(
                    to: small.id, code: "keeper\(number)", name: "keeper\(number)", facility: facility, company: nil,
                    roles: [.storekeeper, .dispenser])
                let person = try #require(try People(transaction).person(code: "keeper\(number)", of: small.id))
                return (store, person.principal(in: small.id))
            }
        }
        let stores = small.pharmacies + added.map(\.0)
        for (number, store) in stores.enumerated() {
            for product in 0..<2 {
                for (batch, days) in [("A", 100), ("B", 200), ("C", 300)] {
                    // The last pharmacy has little, so that stock runs short there.
                    try await clinic.stock(product, number == 4 ? 300 : 20_000, batch: batch, expiresIn: days, in: store)
                }
            }
        }
        let articles = small.articles
        try await clinic.write { transaction in
            for (prefix, article) in zip(prefixes, articles) {
                _ = try RegisterTracePrefix(prefix: TracePrefix(prefix: prefix, article: article, level: 1))
                    .run(in: transaction, by: clinic.pharmacist, at: .ofTests)
            }
        }
        let batches = try await clinic.database.application.read(as: small.id.tenant) { transaction in
            try StockReadings(transaction).stock(in: stores[0], of: small.id, asOf: Clinic.today).map(\.batch)
        }
        return FivePharmacies(
            clinic: clinic, stores: stores, dispensers: small.storekeepers + added.map(\.1), batches: batches,
            connections: Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 12, role: "lianyao_application")))
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await connections.write(as: clinic.consortium.id.tenant, body)
    }

    /// Approved prescriptions of 42 units of one product and 30 of the other, many in one transaction.
    func prescriptions(_ count: Int) async throws -> [PrescriptionID] {
        let line = try clinic.line()
        let other = try clinic.line(1, quantity: 14, dose: 2, frequency: "qd")
        let content = clinic.content([line, other])
        var ids: [PrescriptionID] = []
        while ids.count < count {
            let chunk = (0..<min(25, count - ids.count)).map { _ in PrescriptionID(UUID()) }
            try await write { transaction in
                for id in chunk {
                    var issue = IssuePrescription(
                        prescription: id, patient: clinic.patient, kind: .ordinary, content: content)
                    issue.signature = try Clinic.signer(of: clinic.prescriber).signature(
                        of: issue.canonical(by: clinic.prescriber, at: .ofTests))
                    _ = try issue.run(in: transaction, by: clinic.prescriber, at: .ofTests)
                    _ = try ReviewPrescription(prescription: id, decision: .approve)
                        .run(in: transaction, by: clinic.pharmacist, at: .ofTests)
                }
            }
            ids += chunk
        }
        return ids
    }
}
