import Dispensing
import Foundation
import Parties
import Postgres
import PrescriptionFlow
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Offers of pharmacies")
struct PharmacyOffersTests {
    private func withWorld(_ body: (FlowWorld) async throws -> Void) async throws {
        try await withTestDatabase { database in try await body(try await FlowWorld.make(in: database)) }
    }

    private func locate(_ place: Int, _ world: FlowWorld, north: Int32) async throws {
        let facility = world.pharmacies[place].facility
        try await world.write { transaction in
            _ = try LocateFacility(facility: facility, location: Location(latitude: 39_000_000 + north, longitude: 108_000_000))
                .run(in: transaction, by: world.officer, at: .ofTests)
        }
    }

    @Test("every pharmacy is there with what it has, what is expired, recalled or held still not counted")
    func coverage() async throws {
        try await withWorld { world in
            try await world.stock(0, 42, at: 0)
            try await world.stock(0, 20, at: 1)
            try await world.stock(0, 100, at: 2, expiresIn: 1)
            try await world.stock(0, 41, at: 2, batch: "B2", expiresIn: 2)
            try await world.stock(0, 42, at: 3)
            try await world.stock(0, 500, at: 4, batch: "recalled")
            try await world.write { transaction in
                let batch = try transaction.first("SELECT batch_id FROM stock_ledger.batch WHERE batch_number = 'recalled'") {
                    try $0["batch_id"] as BatchID
                }
                _ = try HoldBatch(hold: BatchHoldID(UUID()), batch: try #require(batch), reason: "召回通知")
                    .run(in: transaction, by: world.officer, at: .ofTests)
            }
            let frozen = world.pharmacies[3].store
            try await world.write { transaction in
                try FreezeProducts(store: frozen, products: [world.products[0]], document: "recall 7")
                    .run(in: transaction, by: world.officer, at: .ofTests)
            }
            let found = try await world.offers(
                try await world.approved(validityDays: 2), today: FlowWorld.today.adding(days: 1))
            #expect(found.chosen == nil && found.proposals.isEmpty)
            let byStore = Dictionary(found.offers.map { ($0.store, $0) }, uniquingKeysWith: { first, _ in first })
            let usable = world.pharmacies.map { byStore[$0.store]?.lines.first?.usable }
            #expect(usable == [42, 20, 41, 42, 0])
            #expect(world.pharmacies.map { byStore[$0.store]?.isComplete } == [true, false, false, false, false])
            #expect(byStore[frozen]?.lines.first?.isFrozen == true)
            #expect(found.offers.first?.store == world.pharmacies[0].store)
            #expect(byStore[world.small.centralStore] == nil)
            #expect(byStore[world.pharmacies[1].store]?.explanationChinese == "缺 阿莫西林胶囊 0.25g：需42片，有20片")
        }
    }

    @Test("a batch for a long prescription lasts for its course", arguments: [(27, false), (28, true)])
    func course(expiresIn: Int, isComplete: Bool) async throws {
        try await withWorld { world in
            try await world.stock(1, 28, at: 0, expiresIn: expiresIn)
            let line = try world.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)
            let found = try await world.offers(try await world.approved([line], kind: .long))
            let offer = found.offers.first { $0.store == world.pharmacies[0].store }
            #expect(offer?.isComplete == isComplete)
            if isComplete { try await world.dispense(try await world.approved([line], kind: .long), at: 0) }
        }
    }

    @Test("the nearest comes first; what was told of the road counts before the map; the choice comes first of all")
    func distances() async throws {
        try await withWorld { world in
            for place in 0..<4 { try await world.stock(0, 1_000, at: place) }
            let id = try await world.approved()
            try await world.choose(4, for: id)
            try await world.stock(0, 41, at: 4)
            #expect(try await world.offers(id).offers.map(\.metres) == [nil, nil, nil, nil, 0])
            for (place, north) in [(4, Int32(0)), (0, 30_000), (1, 10_000), (2, 20_000)] {
                try await locate(place, world, north: north)
            }
            func order(_ found: PrescriptionOffers) -> [Int?] {
                found.offers.map { offer in world.pharmacies.firstIndex { $0.store == offer.store } }
            }
            let found = try await world.offers(id)
            #expect(order(found) == [1, 2, 0, 3, 4] && found.chosen == world.pharmacies[4].store)
            #expect(found.offers.map(\.metres) == [1_112, 2_224, 3_336, nil, 0])
            let (home, near) = (world.pharmacies[4].facility, world.pharmacies[1].facility)
            try await world.write { transaction in
                try RecordDistance(from: near, to: home, metres: 9_000).run(in: transaction, by: world.officer, at: .ofTests)
            }
            #expect(order(try await world.offers(id)) == [2, 0, 1, 3, 4])
            try await world.choose(3, for: id)
            #expect(order(try await world.offers(id)).first == 3)
        }
    }

    @Test("the choice for a prescription counts before the patient's rule, and both can be taken back")
    func choices() async throws {
        try await withWorld { world in
            let id = try await world.approved()
            func rule(_ store: StoreID?) async throws {
                try await world.write {
                    try ChoosePatientPharmacy(patient: world.patient, store: store).run(in: $0, by: world.pharmacist, at: .ofTests)
                }
            }
            try await rule(world.pharmacies[1].store)
            #expect(try await world.offers(id).chosen == world.pharmacies[1].store)
            try await world.choose(2, for: id)
            #expect(try await world.offers(id).chosen == world.pharmacies[2].store)
            try await world.choose(nil, for: id)
            try await rule(world.pharmacies[0].store)
            #expect(try await world.offers(id).chosen == world.pharmacies[0].store)
            try await rule(nil)
            #expect(try await world.offers(id).chosen == nil)
            await expectRefusal("dispensing.store-serves-no-patients") { try await rule(world.small.centralStore) }
            await expectRefusal("parties.store-unknown") { try await rule(StoreID(999)) }
            await expectRefusal("dispensing.patient-unknown") {
                try await world.write {
                    try ChoosePatientPharmacy(patient: PatientID(UUID()), store: nil)
                        .run(in: $0, by: world.pharmacist, at: .ofTests)
                }
            }
            await expectRefusal("identity.role-missing") {
                try await world.write {
                    try ChoosePatientPharmacy(patient: world.patient, store: nil).run(in: $0, by: world.small.seller, at: .ofTests)
                }
            }
            try await world.stock(0, 42, at: 0)
            try await world.dispense(id, at: 0)
            await expectRefusal("dispensing.already-dispensed") { try await world.choose(1, for: id) }
        }
    }

    @Test("what is left of a partly dispensed prescription is offered; what is not to be handed out is not")
    func states() async throws {
        try await withWorld { world in
            try await world.stock(0, 30, at: 0)
            try await world.stock(0, 12, at: 1)
            let id = try await world.approved()
            #expect(try await world.offers(id).proposals.map(\.kind).prefix(1) == [.split])
            try await world.dispense(id, at: 0, lines: [HandOutLine(line: 1, quantity: 30)])
            let rest = try await world.offers(id)
            #expect(rest.offers.first?.store == world.pharmacies[1].store && rest.offers.first?.lines.first?.open == 12)
            try await world.dispense(id, at: 1)
            await expectRefusal("dispensing.already-dispensed") { try await world.offers(id) }
            let issued = try await world.issue()
            await expectRefusal("dispensing.wrong-state") { try await world.offers(issued) }
            await expectRefusal("dispensing.prescription-unknown") { try await world.offers(PrescriptionID(UUID())) }
            let short = try await world.approved()
            await expectRefusal("dispensing.validity-passed") {
                try await world.offers(short, today: FlowWorld.today.adding(days: 1))
            }
        }
    }

    @Test("the central store is proposed to share what it does not use itself")
    func sharing() async throws {
        try await withWorld { world in
            try await world.stock(0, 40, at: 0)
            try await world.stock(0, 100, in: world.small.centralStore)
            try await world.write { transaction in
                _ = try IssueStock(
                    store: world.small.centralStore, lines: [ProductQuantity(product: world.products[0], quantity: 49)], to: .ward,
                    document: "ward", requestID: UUID()
                ).run(in: transaction, by: world.officer, at: .ofTests)
            }
            let found = try await world.offers(try await world.approved())
            #expect(found.proposals.map(\.kind) == [.sharing] && found.proposals[0].parts[0].quantity == 2)
            #expect(found.proposals[0].parts[0].store == world.small.centralStore)
            #expect(found.proposals[0].target == world.pharmacies[0].store)
        }
    }
}
