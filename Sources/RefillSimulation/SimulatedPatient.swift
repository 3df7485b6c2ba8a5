import Primitives

/// A chronic patient: where they collect, what they take, from which day, and how reliably they come.
struct SimulatedPatient: Sendable, Hashable {
    struct Medicine: Sendable, Hashable {
        /// From 0.
        let product: Int
        /// Tablets a day.
        let perDay: Int
    }

    /// From 0.
    let number: Int
    let pharmacy: Int
    let medicines: [Medicine]
    /// The day of the first prescription.
    let firstDay: Int
    /// How many of a thousand instalments the patient collects.
    let comesPerMille: Int

    /// Days from the due day to the visit, the early window included; `nil` when the patient does not come at all.
    func visit(of instalment: Int, on due: Int, _ plan: SimulationPlan) -> Int? {
        var random = plan.random(.visit, number, due, instalment)
        guard Int.random(in: 0..<1_000, using: &random) < comesPerMille else { return nil }
        return Int.random(in: -4...5, using: &random)
    }

    /// Whether the patient is prescribed the same again when a plan ends.
    func renews(on day: Int, _ plan: SimulationPlan) -> Bool {
        var random = plan.random(.renewal, number, day)
        return Int.random(in: 0..<1_000, using: &random) < 930
    }
}

extension SimulationPlan {
    /// The patients, by number. Seven tenths are taken on during the first part of the warm-up, as they come; the others in
    /// campaigns, when a village is examined and many are prescribed for on one day.
    func makePatients() -> [SimulatedPatient] {
        let early = patients * 7 / 10
        var campaigns = random(.campaign)
        var made: [SimulatedPatient] = []
        made.reserveCapacity(patients)
        while made.count < early {
            let number = made.count
            var random = random(.patient, number)
            made.append(
                patient(
                    number, at: Int.random(in: 0..<pharmacies, using: &random),
                    from: Int.random(in: 0..<max(1, warmUpDays * 2 / 3), using: &random), &random))
        }
        while made.count < patients {
            let pharmacy = Int.random(in: 0..<pharmacies, using: &campaigns)
            let day = Int.random(in: (warmUpDays / 2)..<(warmUpDays + days), using: &campaigns)
            let size = min(Int.random(in: 15...45, using: &campaigns), patients - made.count)
            for _ in 0..<size {
                var random = random(.patient, made.count)
                made.append(patient(made.count, at: pharmacy, from: day, &random))
            }
        }
        return made
    }

    private func patient(
        _ number: Int, at pharmacy: Int, from day: Int, _ random: inout SeededGenerator
    ) -> SimulatedPatient {
        let count = min(products, Int.random(in: 1...3, using: &random))
        var chosen: [Int] = []
        while chosen.count < count {
            // The smaller of two draws: few medicines are common, most are rare.
            let product = min(Int.random(in: 0..<products, using: &random), Int.random(in: 0..<products, using: &random))
            if !chosen.contains(product) { chosen.append(product) }
        }
        return SimulatedPatient(
            number: number, pharmacy: pharmacy,
            medicines: chosen.map { .init(product: $0, perDay: Int.random(in: 1...2, using: &random)) }, firstDay: day,
            comesPerMille: Int.random(in: 850...990, using: &random))
    }

    /// What walk-in patients take of a product at a pharmacy on a day, tablets; mostly nothing.
    func walkIn(product: Int, pharmacy: Int, day: Int) -> Int {
        var random = random(.walkIn, product, pharmacy, day)
        guard Int.random(in: 0..<100, using: &random) < 12 else { return 0 }
        return 7 * Int.random(in: 1...2, using: &random)
    }

    /// Days that a delivery takes.
    func leadTime(pharmacy: Int, askedOn day: Int) -> Int {
        var random = random(.delivery, pharmacy, day)
        return Int.random(in: leadTimeDays, using: &random)
    }
}
