import Dispensing
import Foundation
import Identity
import LongPrescriptions
import Postgres
import Primitives
import StockLedger

/// Lives through the days of one consortium: deliveries come, stock is set aside, patients are prescribed for and come to
/// collect, pharmacies ask for more. Everything is done by the verbs that the service uses, on a real database.
struct SimulatedRun {
    let owner: Database
    let database: Database
    let world: SimulatedWorld
    let plan: SimulationPlan
    let suggestedBy: SuggestedBy
    let patients: [SimulatedPatient]
    /// The first day, at the hour at which everything of a day happens.
    let firstMorning: Instant

    private(set) var tally = SimulationTally()
    private var desk: PatientDesk
    private var supply: PharmacySupply
    /// Who comes on a day, by number.
    private var visitors: [Int: [Visit]] = [:]
    /// Who is prescribed for on a day.
    private var prescribed: [Int: [Visit]] = [:]

    private struct Visit {
        let patient: Int
        /// Whether the patient came for the same need before, in vain.
        var isAgain = false

        var again: Visit { Visit(patient: patient, isAgain: true) }
    }

    init(
        owner: Database, database: Database, world: SimulatedWorld, plan: SimulationPlan, suggestedBy: SuggestedBy,
        firstMorning: Instant, pepper: ResidentPepper
    ) {
        self.owner = owner
        self.database = database
        self.world = world
        self.plan = plan
        self.suggestedBy = suggestedBy
        self.firstMorning = firstMorning
        patients = plan.makePatients()
        desk = PatientDesk(world: world, pepper: pepper, random: plan.random(.document))
        supply = PharmacySupply(world: world, plan: plan, suggestedBy: suggestedBy)
        for patient in patients { prescribed[patient.firstDay, default: []].append(Visit(patient: patient.number)) }
    }

    private func now(_ day: Int) -> Instant { Instant(microseconds: firstMorning.microseconds + Int64(day) * 86_400_000_000) }

    private func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.write(as: world.consortium.tenant, body)
    }

    /// - Parameter say: gets a line now and then.
    mutating func run(_ say: @Sendable (String) -> Void) async throws {
        try await write(supply.opening(at: now(0)))
        for day in plan.allDays {
            try await live(day)
            guard day % 28 == 27 else { continue }
            say("\(suggestedBy.rawValue): day \(day + 1) of \(plan.allDays.count), \(tally.visits.all) visits")
            // A month passes too quickly here for the server to notice by itself how the tables have grown.
            _ = try await owner.write { try $0.execute("ANALYZE") }
        }
    }

    private mutating func live(_ day: Int) async throws {
        let now = now(day)
        for delivery in supply.deliveries(on: day, at: now) { try await write(delivery) }
        try await keepUp(at: now)
        for visit in prescribed.removeValue(forKey: day) ?? [] { try await prescribe(at: visit, on: day) }
        for visit in visitors.removeValue(forKey: day) ?? [] { try await receive(visit, on: day) }
        for pharmacy in world.stores.indices { try await serveWalkIns(at: pharmacy, on: day) }
        for pharmacy in world.stores.indices where (day + pharmacy) % plan.reviewDays == 0 {
            let ask = supply.asking(at: pharmacy, at: now)
            supply.ordered(try await write(ask), by: pharmacy, on: day)
        }
        guard plan.isCounted(day) else { return }
        tally.days += 1
        let consortium = world.consortium
        tally.unitDays += try await database.read(as: consortium.tenant) { try HeldStock(transaction: $0).units(of: consortium) }
    }

    /// What the service does by itself every hour.
    private func keepUp(at now: Instant) async throws {
        let consortium = world.consortium
        var expired = ExpirePrescriptions().limit
        while expired == ExpirePrescriptions().limit {
            expired = try await write { try ExpirePrescriptions().run(in: $0, of: consortium, at: now).count }
        }
        var miss = MarkMissed().limit
        while miss == MarkMissed().limit { miss = try await write { try MarkMissed().run(in: $0, of: consortium, at: now) } }
        var ended = ExpirePlans().limit
        while ended == ExpirePlans().limit { ended = try await write { try ExpirePlans().run(in: $0, of: consortium, at: now) } }
        while try await write({ try ReleaseReservations().run(in: $0, of: consortium, at: now) }) > 0 {}
        var after: InstalmentKey?
        repeat {
            after = try await write { [after] transaction in
                try ReserveDueInstalments(after: after).run(in: transaction, of: consortium, at: now).last
            }
        } while after != nil
    }

    // MARK: - Patients

    private mutating func prescribe(at visit: Visit, on day: Int) async throws {
        let patient = patients[visit.patient]
        let (work, now) = (desk.prescribing(to: patient, at: now(day)), now(day))
        do {
            let begun = try await write(work)
            desk.keep(begun, of: patient.number)
            if plan.isCounted(day) { tally.prescriptions += 1 }
            schedule(visit, after: begun, today: day, now: now)
        } catch let refusal as any Refusal {
            refused(refusal)
            // What they have lasts longer than they may be prescribed for: they come again in a week.
            prescribed[day + 7, default: []].append(visit)
        }
    }

    /// When the patient comes next, or is prescribed for again.
    private mutating func schedule(_ visit: Visit, after current: LongPlan, today: Int, now: Instant) {
        let number = visit.patient
        guard let next = current.next, current.state == .active else {
            guard let through = current.supplyThrough else {
                // Nothing was there while the prescription was valid.
                return prescribed[today + 1, default: []].append(visit)
            }
            let again = max(today + 1, min(through.days(since: firstMorning.businessDay), today + 84) - 2)
            guard visit.isAgain || patients[number].renews(on: again, plan) else { return }
            return prescribed[again, default: []].append(visit)
        }
        guard next.number > 1 else {
            // The first is collected while the prescription is valid: at once, or on the way home the day after.
            return visitors[today + number % 2, default: []].append(visit)
        }
        let due = next.dueOn.days(since: firstMorning.businessDay)
        let offset = patients[number].visit(of: next.number, on: due, plan)
        // Who does not come for it comes when the next one would be due.
        let day = offset.map { due + $0 } ?? due + next.days
        visitors[max(today + 1, day), default: []].append(Visit(patient: number))
    }

    private mutating func receive(_ visit: Visit, on day: Int) async throws {
        guard let known = desk.plan(of: visit.patient) else { return }
        let now = now(day)
        let counts = plan.isCounted(day)
        let work = desk.collecting(for: patients[visit.patient], known, at: now)
        do {
            let current = try await write(work)
            desk.keep(current, of: visit.patient)
            if counts { tally.collected += 1 }
            if counts, !visit.isAgain { tally.visitsOfKind[known.kindOfNext, default: .init()].count(isFound: true) }
            schedule(Visit(patient: visit.patient), after: current, today: day, now: now)
        } catch let refusal as any Refusal {
            if refusal.refusalCode.rawValue == "dispensing.stock-short" {
                if counts, !visit.isAgain { tally.visitsOfKind[known.kindOfNext, default: .init()].count(isFound: false) }
                // They try again the next day, while it is the first, or in two days.
                let wait = known.next?.number == 1 ? 1 : 2
                visitors[day + wait, default: []].append(visit.again)
            } else {
                try await turnedAway(visit, refusal, on: day)
            }
        }
    }

    /// The plan has ended, or is not yet due: the patient comes when the plan as it is now says.
    private mutating func turnedAway(_ visit: Visit, _ refusal: any Refusal, on day: Int) async throws {
        refused(refusal)
        guard let known = desk.plan(of: visit.patient) else { return }
        guard refusal.refusalCode.rawValue != "dispensing.validity-passed" else {
            return prescribed[day + 1, default: []].append(visit)
        }
        let consortium = world.consortium
        let current = try await database.read(as: consortium.tenant) { try LongPrescriptionReadings($0, of: consortium).plan(known.id) }
        desk.keep(current, of: visit.patient)
        guard current.next != nil, current.state == .active else {
            return schedule(visit, after: current, today: day, now: now(day))
        }
        visitors[day + 2, default: []].append(visit)
    }

    private mutating func refused(_ refusal: any Refusal) {
        tally.refusals[refusal.refusalCode.rawValue, default: 0] += 1
    }

    // MARK: - Everybody else

    private mutating func serveWalkIns(at pharmacy: Int, on day: Int) async throws {
        for product in world.products.indices {
            let quantity = plan.walkIn(product: product, pharmacy: pharmacy, day: day)
            guard quantity > 0 else { continue }
            let work = supply.issuing(BaseUnits(Int64(quantity)), of: product, at: pharmacy, at: now(day))
            if plan.isCounted(day) { tally.walkIns += 1 }
            do {
                try await write(work)
                if plan.isCounted(day) { tally.walkInsServed += 1 }
            } catch let refusal as StockLedgerRefusal where refusal.code == .insufficientStock {
                continue
            }
        }
    }
}
