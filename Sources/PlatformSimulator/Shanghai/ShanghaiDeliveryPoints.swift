import Primitives

/// YY001: delivery points.
enum ShanghaiDeliveryPoints {
    @Sendable static func upload(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("CZLX", 1), .must("PSDBM", 20), .must("PSDMC", 80), .must("PSDZ", 200), .must("LXRXM", 40), .must("LXDH", 40),
            .must("YZBM", 10), .may("BZXX", 200),
        ])
        try call.requireNoLines()
        let action = try main.choice("CZLX", "1", "2", "3", else: "12001")
        let code = main["PSDBM"]
        guard action == "1" || platform.catalogue.deliveryPoints[code] != nil else {
            throw ShanghaiRefusal("12004", "配送点编码不存在")
        }
        platform.catalogue.name(deliveryPoint: code, action == "3" ? nil : main["PSDMC"])
        return ShanghaiAnswer()
    }
}
