import Dispensing
import Formulary
import PrescriptionFlow
import Primitives
import StockLedger
import Testing

@testable import Parties

@Suite("Proposals")
struct ProposalsTests {
    static let lines = [Made.line(1, open: 10), Made.line(2, open: 20)]

    /// Proposals for two lines, of 10 and 20 tablets.
    ///
    /// - Parameters:
    ///   - usable: what each pharmacy has of the lines; the first is where the patient would collect.
    ///   - spares: of stores by line: store, line, spare quantity.
    static func proposals(
        _ usable: [[BaseUnits?]], spares: [(Int64, Int, BaseUnits)] = [], kind: PrescriptionKind = .ordinary,
        control: SpecialControl = .none, storage: StorageCondition = .room
    ) -> [Proposal] {
        let offers = usable.enumerated().map { number, has in
            Made.offer(Int64(number + 1), lines, has, metres: Int64(number) * 1_000, isChosen: number == 0)
        }
        let spares = spares.compactMap { store, line, quantity in
            Spare(
                of: lines[line - 1], in: Made.store(store, kind: store == 9 ? .central : .pharmacy),
                stock: UsableStock(quantity: quantity, isFrozen: false), used: 0, metres: store * 1_000)
        }
        let products = [
            ProductID(1): Made.product(1, control: control, storage: storage), ProductID(2): Made.product(2, "阿莫西林胶囊"),
        ]
        return Proposals(
            kind: kind, lines: lines, products: products, target: offers.first, offers: offers.sorted(by: OfferOrder.isBefore),
            spares: spares
        ).all
    }

    /// `split 1:1×10 2:2×20`: the kind, then store, line and quantity of each part.
    static func text(_ proposal: Proposal) -> String {
        ([proposal.kind.rawValue] + proposal.parts.map { "\($0.store?.rawValue ?? 0):\($0.line)×\($0.quantity)" })
            .joined(separator: " ")
    }

    @Test(
        "what is proposed, best first",
        arguments: [
            // Where the patient collects has everything.
            ([[10, 20], [10, 20]], [], []),
            // Another has everything: it is brought from the nearest that has.
            ([[10, 19], [0, 0], [10, 20], [10, 20]], [], ["delivery 3:1×10 3:2×20"]),
            // Two together: today at both, or the rest is brought.
            ([[10, 5], [0, 15]], [], ["split 1:1×10 1:2×5 2:2×15", "delivery 2:2×15"]),
            // The second line is held still where the patient collects.
            ([[10, nil], [0, 20]], [], ["split 1:1×10 2:2×20", "delivery 2:2×20"]),
            // One unit less than two together would need: sharing; nothing is missing in all.
            (
                [[10, 5], [0, 14], [0, 1]], [(2, 2, 14), (3, 2, 1)],
                ["sharing 2:2×14", "sharing 3:2×1"]
            ),
            // What can be spared does not suffice: the rest is reported.
            ([[0, 20], [9, 0]], [(2, 1, 4)], ["sharing 2:1×4", "shortage 0:1×6"]),
            // The central store gives, too, and who can give all comes first.
            ([[10, 0]], [(2, 2, 3), (9, 2, 50), (3, 2, 4)], ["sharing 9:2×20", "sharing 2:2×3"]),
            // Nobody has anything.
            ([[0, 0], [0, 0]], [], ["shortage 0:1×10", "shortage 0:2×20"]),
            // There is no pharmacy at all.
            ([], [], ["shortage 0:1×10", "shortage 0:2×20"]),
            // The pharmacy does not share with itself.
            ([[0, 20]], [(1, 1, 3)], ["shortage 0:1×10"]),
        ] as [([[BaseUnits?]], [(Int64, Int, BaseUnits)], [String])])
    func proposed(usable: [[BaseUnits?]], spares: [(Int64, Int, BaseUnits)], expected: [String]) {
        #expect(Self.proposals(usable, spares: spares).map(Self.text) == expected)
    }

    @Test("herbal pieces are decocted together: they are neither split nor brought in part")
    func herbal() {
        #expect(Self.proposals([[10, 5], [0, 15]], kind: .herbal).map(\.kind) == [.shortage])
        #expect(Self.proposals([[10, 5], [10, 20]], kind: .herbal).map(Self.text) == ["delivery 2:1×10 2:2×20"])
    }

    @Test(
        "what is specially controlled is not delivered; narcotic and class I psychotropic drugs are not shared",
        arguments: [
            (.none, [.split, .delivery, .sharing]), (.narcotic, [.split]), (.psychotropicI, [.split]),
            (.psychotropicII, [.split, .sharing]), (.toxic, [.split, .sharing]), (.precursor, [.split, .sharing]),
        ] as [(SpecialControl, [ProposalKind])])
    func controlled(control: SpecialControl, expected: [ProposalKind]) {
        #expect(Self.proposals([[0, 20], [10, 0]], spares: [(9, 1, 10)], control: control).map(\.kind) == expected)
        let whole = Self.proposals([[0, 20], [10, 20]], control: control).map(\.kind)
        #expect(whole == (control == .none ? [.delivery] : []))
    }

    @Test("the cold is named where it must be kept", arguments: [
        (.room, false), (.cool, false), (.cold, true), (.frozen, true),
    ] as [(StorageCondition, Bool)])
    func cold(storage: StorageCondition, isNamed: Bool) {
        let proposal = Self.proposals([[0, 20], [10, 20]], storage: storage).first
        #expect(proposal?.explanationChinese.hasSuffix("；须全程冷链") == isNamed)
    }

    @Test("explains with names and numbers")
    func words() {
        let told = Self.proposals([[10, 5], [0, 15]])
        #expect(told[0].explanationChinese == "1镇卫生院与2镇卫生院合计有全部药品，可分两处取药：1镇卫生院 氨氯地平片 5mg 10片，1镇卫生院 阿莫西林胶囊 5mg 5片，2镇卫生院 阿莫西林胶囊 5mg 15片")
        let asked = Self.proposals([[10, 0]], spares: [(9, 2, 50)])
        #expect(asked[0].explanationChinese == "向9号药房申请共享（其近30天用量已扣除）：9号药房 阿莫西林胶囊 5mg 20片")
        #expect(asked[0].explanationEnglish.hasPrefix("Ask 9号药房 to share, its own use of 30 days set aside"))
        #expect(Self.proposals([[10, 0]])[0].explanationChinese == "医联体内无法调剂，登记缺药：阿莫西林胶囊 5mg 20片")
    }

    @Test(
        "a store keeps what it used in the last thirty days",
        arguments: [(100, 99, 1), (100, 100, nil), (100, 101, nil), (100, -5, 100), (0, 0, nil)]
            as [(BaseUnits, BaseUnits, BaseUnits?)])
    func spare(usable: BaseUnits, used: BaseUnits, spare: BaseUnits?) {
        func made(isFrozen: Bool) -> Spare? {
            Spare(
                of: Self.lines[0], in: Made.store(1), stock: UsableStock(quantity: usable, isFrozen: isFrozen), used: used,
                metres: nil)
        }
        #expect(made(isFrozen: false)?.quantity == spare && made(isFrozen: true) == nil)
    }
}
