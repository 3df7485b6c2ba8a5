import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import Requisitions
import StockLedger
import TestSupport

/// A small consortium whose formulary permits its first three products at every level, with an open cycle.
struct RequisitionWorld {
    let database: TestDatabase
    let consortium: SmallConsortium
    /// Further products, in packs of 10, that the formulary permits.
    let more: [ProductID]
    let cycle: Cycle

    var keeper: Principal { consortium.storekeepers[0] }
    var officer: Principal { consortium.officer }
    var store: StoreID { consortium.pharmacies[0] }
    var products: [ProductID] { consortium.products }

    static func make(in database: TestDatabase, code: String = "small", moreProducts: Int = 0) async throws -> RequisitionWorld {
        let consortium = try await SmallConsortium.make(in: database, code: code)
        let more = try await database.owner.write { try addProducts(moreProducts, in: $0) }
        let cycle = try await database.application.write(as: consortium.id.tenant) { transaction in
            try publish(consortium.products.dropLast() + more, by: consortium.officer, in: transaction)
            return try OpenCycle(
                cycleID: CycleID(UUID()), name: "2026年12月", opensOn: Instant.ofTests.businessDay,
                closesOn: Instant.ofTests.businessDay.adding(days: 9)
            ).run(in: transaction, by: consortium.officer, at: .ofTests)
        }
        return RequisitionWorld(database: database, consortium: consortium, more: more, cycle: cycle)
    }

    /// Products called 品种1, 品种2, … in packs of 10.
    private static func addProducts(_ count: Int, in transaction: Transaction) throws -> [ProductID] {
        guard count > 0 else { return [] }
        let products = try transaction.query(
            """
            INSERT INTO formulary.product
                   (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
                    long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            SELECT 'L' || n, 'western', '品种' || n, 'tablet', '1mg', 'tablet', 'A', true, false, true, 'none', 'room', false, '', ''
              FROM generate_series(1, \(count)) AS n
            RETURNING product_id
            """
        ) { try $0["product_id"] as ProductID }
        try transaction.execute(
            """
            INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text, reference_price)
            SELECT product_id, 10, '盒', '10片/盒', 10000 FROM formulary.product WHERE code LIKE 'L%'
            """)
        return products
    }

    /// Puts a formulary in force that permits the products at every level.
    static func publish(_ products: some Sequence<ProductID>, by officer: Principal, in transaction: Transaction) throws {
        let draft = try DraftFormulary(id: FormularyVersionID(UUID()), note: "first").run(
            in: transaction, by: officer, at: .ofTests)
        _ = try PutFormularyEntries(
            version: draft.id, entries: products.map { FormularyEntry(product: $0, levels: Set(FacilityLevel.allCases)) }
        ).run(in: transaction, by: officer, at: .ofTests)
        _ = try PublishFormulary(version: draft.id, validFrom: Instant.ofTests.businessDay)
            .run(in: transaction, by: officer, at: .ofTests)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.read(as: consortium.id.tenant, body)
    }

    /// An emergency requisition of some products, opened by the storekeeper.
    func openEmergency(_ products: [ProductID], at now: Instant = .ofTests) async throws -> Requisition {
        try await write { [keeper, store] transaction in
            try OpenRequisition(requisitionID: RequisitionID(UUID()), store: store, scope: .emergency(products))
                .run(in: transaction, by: keeper, at: now)
        }
    }

    /// An emergency requisition of 56 of the first product, with its reason.
    func openEmergencyOf56() async throws -> Requisition {
        let opened = try await openEmergency([products[0]])
        return try await change(opened, [.init(product: products[0], requested: 56, reason: "抢救")])
    }

    func change(_ requisition: Requisition, _ changes: [ChangeRequisitionLines.Change]) async throws -> Requisition {
        try await write { [keeper] transaction in
            try ChangeRequisitionLines(requisitionID: requisition.id, version: requisition.version, changes: changes)
                .run(in: transaction, by: keeper, at: .ofTests)
        }
    }

    func submit(_ requisition: Requisition) async throws -> Requisition {
        try await write { [keeper] transaction in
            try SubmitRequisition(requisitionID: requisition.id).run(in: transaction, by: keeper, at: .ofTests)
        }
    }

    func approve(_ requisition: Requisition, _ changes: [ApproveRequisition.Change] = []) async throws -> Requisition {
        try await write { [officer] transaction in
            try ApproveRequisition(requisitionID: requisition.id, changes: changes).run(
                in: transaction, by: officer, at: .ofTests)
        }
    }

    func lines(of requisition: Requisition) async throws -> [RequisitionLine] {
        try await read { try RequisitionLinesStore($0, consortium.id).lines(of: requisition.id) }
    }

    /// Receives so many of a product, of a batch that does not expire soon.
    func receive(_ quantity: BaseUnits, of number: Int, daysAgo: Int) async throws {
        _ = try await write { [self] transaction in
            try ReceiveStock(
                store: store,
                lines: [
                    BatchQuantity(
                        batch: BatchKey(
                            article: consortium.articles[number], product: products[number], batchNumber: "B1",
                            expiresOn: Instant.ofTests.businessDay.adding(days: 700)), quantity: quantity)
                ], from: .opening, document: "opening", requestID: UUID()
            ).run(in: transaction, by: keeper, at: .ofTests.adding(.seconds(-86_400 * daysAgo)))
        }
    }

    /// Issues so many of a product to patients.
    func issue(_ quantity: BaseUnits, of number: Int, daysAgo: Int) async throws {
        _ = try await write { [self] transaction in
            try IssueStock(
                store: store, lines: [ProductQuantity(product: products[number], quantity: quantity)], document: "test",
                requestID: UUID()
            ).run(in: transaction, by: keeper, at: .ofTests.adding(.seconds(-86_400 * daysAgo)))
        }
    }
}

/// The published code of the refusal that `body` ends in; `nil` when it does not end in one.
func refusalCode(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? any Refusal)?.refusalCode.rawValue ?? "\(error)"
    }
}
