import Dispensing
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Lists of prescriptions and dispensings")
struct PrescriptionReadingsTests {
    @Test("the review queue has emergencies first, then the oldest, page by page, and only what waits")
    func queue() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            var expected: [(kind: PrescriptionKind, id: PrescriptionID)] = []
            for number in 0..<7 {
                let kind: PrescriptionKind = number % 3 == 2 ? .emergency : .ordinary
                let now = Instant(microseconds: Instant.ofTests.microseconds + Int64(number))
                expected.append((kind, try await clinic.issue([try clinic.line(quantity: 18, days: 3)], kind: kind, at: now)))
            }
            _ = try await clinic.issueApproved()
            let order = (expected.filter { $0.kind == .emergency } + expected.filter { $0.kind == .ordinary }).map(\.id)
            var read: [PrescriptionID] = []
            while true {
                let last = read.last
                let page = try await clinic.read { try $0.reviewQueue(after: last, at: .ofTests, limit: 3) }
                read += page.map(\.id)
                guard page.count == 3 else { break }
            }
            #expect(read == order)
            let first = try #require(try await clinic.read { try $0.reviewQueue(at: .ofTests, limit: 1) }.first)
            #expect(first.patientName == "张三" && first.lines == 1 && first.state == .issued)
        }
    }

    @Test("a patient's history has every prescription of the consortium, newest first, page by page")
    func history() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.register(PatientID(UUID()), name: "王五")
            var written: [PrescriptionID] = []
            for number in 0..<5 {
                written.append(try await clinic.issue(at: Instant(microseconds: Instant.ofTests.microseconds + Int64(number))))
            }
            try await clinic.review(written[1])
            let newest = try await clinic.read { try $0.history(of: clinic.patient, limit: 3) }
            let older = try await clinic.read { try $0.history(of: clinic.patient, after: newest.last?.id, limit: 3) }
            #expect((newest + older).map(\.id) == written.reversed())
            #expect((newest + older).map(\.state).filter { $0 == .approved }.count == 1)
            #expect(try await clinic.read { try $0.history(of: PatientID(UUID()), limit: 3) }.isEmpty)
        }
    }

    @Test("a store's dispensings are those of the days asked for, newest first")
    func dispensings() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 1_000)
            var ids: [DispensingID] = []
            for day in 0..<3 {
                let id = try await clinic.issueApproved(validityDays: 3)
                ids.append(try await clinic.dispense(id, at: .ofTests.later(days: day)).id)
            }
            let today = Clinic.today
            func list(_ from: Int, _ through: Int, after: DispensingID? = nil, limit: Int = 10) async throws -> [DispensingID] {
                try await clinic.read {
                    try $0.dispensings(
                        of: clinic.store, from: today.adding(days: from), through: today.adding(days: through), after: after,
                        limit: limit
                    ).map(\.id)
                }
            }
            #expect(try await list(0, 2) == ids.reversed())
            #expect(try await list(1, 1) == [ids[1]])
            #expect(try await list(0, 2, after: ids[2], limit: 1) == [ids[1]])
            #expect(try await list(3, 9) == [])
        }
    }
}
