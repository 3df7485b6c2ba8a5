import Primitives
import Testing

@testable import Requisitions

@Suite("States of a requisition")
struct RequisitionStateTests {
    static let allowed: [RequisitionState: [RequisitionTransition: RequisitionState]] = [
        .draft: [.change: .draft, .submit: .submitted, .cancel: .cancelled],
        .submitted: [.approve: .approved, .return: .returned, .cancel: .cancelled],
        .returned: [.change: .returned, .submit: .submitted, .cancel: .cancelled],
        .approved: [.pool: .pooled, .cancel: .cancelled],
        .pooled: [:],
        .cancelled: [:],
    ]

    @Test("allow these transitions and refuse every other", arguments: RequisitionState.allCases, RequisitionTransition.allCases)
    func transitions(state: RequisitionState, transition: RequisitionTransition) throws {
        if let expected = Self.allowed[state]?[transition] {
            #expect(try state.applying(transition) == expected)
        } else {
            let refusal = #expect(throws: RequisitionsRefusal.self) { try state.applying(transition) }
            #expect(refusal?.code.rawValue == "requisitions.wrong-state")
            #expect(refusal?.detail.contains(state.rawValue) == true)
        }
    }

    @Test(
        "a quantity far from the suggestion needs a reason",
        arguments: [
            // suggested, requested
            (100, 100, false), (100, 200, false), (100, 201, true), (100, 1, false), (100, 0, true), (0, 0, false), (0, 1, true),
            (BaseUnits.entryMax.rawValue, BaseUnits.entryMax.rawValue, false),
        ] as [(Int64, Int64, Bool)])
    func deviation(suggested: Int64, requested: Int64, expected: Bool) {
        #expect(isLargeDeviation(suggested: BaseUnits(suggested), requested: BaseUnits(requested)) == expected)
    }

    @Test(
        "quantities are whole packs, from 0 to what may be entered",
        arguments: [
            (0, nil), (28, nil), (27, "requisitions.not-whole-packs"), (100, "requisitions.not-whole-packs"),
            (-28, "requisitions.quantity-invalid"), (BaseUnits.entryMax.rawValue + 28, "requisitions.quantity-invalid"),
            (.max, "requisitions.quantity-invalid"),
        ] as [(Int64, String?)])
    func packs(quantity: Int64, code: String?) {
        var refused: RequisitionsRefusal?
        do throws(RequisitionsRefusal) {
            try check(BaseUnits(quantity), inPacksOf: 28, field: "changes[0].requested")
        } catch {
            refused = error
        }
        #expect(refused?.code.rawValue == code)
        if quantity == 100 { #expect(refused?.detail == "100 is not in whole packs of 28: 84 or 112") }
    }
}

@Suite("States of a shortage report")
struct ShortageStateTests {
    static let allowed: [ShortageState: [ShortageTransition: ShortageState]] = [
        .registered: [.purchase: .purchasing, .cancel: .cancelled],
        .purchasing: [.deliver: .delivered, .cancel: .cancelled],
        .delivered: [.collect: .collected, .missCollection: .noShow, .cancel: .cancelled],
        .collected: [:],
        .noShow: [:],
        .cancelled: [:],
    ]

    @Test("allow these transitions and refuse every other", arguments: ShortageState.allCases, ShortageTransition.allCases)
    func transitions(state: ShortageState, transition: ShortageTransition) throws {
        if let expected = Self.allowed[state]?[transition] {
            #expect(try state.applying(transition) == expected)
        } else {
            let refusal = #expect(throws: RequisitionsRefusal.self) { try state.applying(transition) }
            #expect(refusal?.code.rawValue == "requisitions.shortage-wrong-state")
        }
    }
}
