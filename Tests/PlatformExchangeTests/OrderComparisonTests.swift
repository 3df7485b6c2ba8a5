import PlatformMessages
import Primitives
import Testing

@testable import PlatformExchange

@Suite("What differs between our order and the platform's")
struct OrderComparisonTests {
    private typealias State = PlatformOrderLineState.State

    private func ours(_ number: Int, packs: Int64 = 10, isLive: Bool = true, id: String? = nil) -> OrderComparison.Ours {
        OrderComparison.Ours(
            number: number, platformLine: id ?? "L\(number)", packs: packs, packPrice: Money(tenThousandths: 125_000),
            isLive: isLive)
    }

    private func theirs(_ number: Int, packs: Int64? = 10, price: Int64? = nil, _ state: State = .sent) -> PlatformOrderLineState {
        PlatformOrderLineState(
            platformLine: "L\(number)", platformOrder: "P", packs: packs, packPrice: price.map { Money(tenThousandths: $0) },
            state: state)
    }

    private func kinds(_ ours: [OrderComparison.Ours], _ theirs: [PlatformOrderLineState]) -> [String] {
        OrderComparison(number: "CG-1", lines: ours).differences(to: theirs).map { "\($0.kind.rawValue) \($0.subject)" }
    }

    @Test("equal lines differ in nothing, also when a page brought one twice or does not tell packs")
    func equal() {
        #expect(kinds([ours(1), ours(2)], [theirs(2), theirs(1), theirs(1)]).isEmpty)
        #expect(kinds([ours(1)], [theirs(1, packs: nil)]).isEmpty)
        for state in [State.confirmed, .shipping, .delivered] { #expect(kinds([ours(1)], [theirs(1, state)]).isEmpty) }
        #expect(kinds([ours(1, isLive: false)], [theirs(1, .void)]).isEmpty)
        #expect(kinds([ours(1, isLive: false)], []).isEmpty)
    }

    @Test("each difference has its kind")
    func each() {
        #expect(kinds([ours(1)], []) == ["missing-there order CG-1/1"])
        #expect(kinds([], [theirs(3)]) == ["missing-here order CG-1, line L3"])
        #expect(kinds([], [theirs(3, .void)]).isEmpty)
        #expect(kinds([ours(1, packs: 11)], [theirs(1)]) == ["quantity order CG-1/1"])
        for state in [State.draft, .refused, .void, .closed] {
            #expect(kinds([ours(1)], [theirs(1, state)]) == ["state order CG-1/1"])
        }
        #expect(kinds([ours(1)], [theirs(1, price: 125_001)]) == ["price order CG-1/1"])
        #expect(kinds([ours(1)], [theirs(1, price: 125_000)]).isEmpty)
        #expect(kinds([ours(1, isLive: false)], [theirs(1)]) == ["state order CG-1/1"])
        #expect(kinds([ours(1, packs: 9)], [theirs(1, .closed)]) == ["quantity order CG-1/1", "state order CG-1/1"])
    }
}
