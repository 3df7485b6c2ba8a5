/// What Zhejiang can be asked.
enum ZhejiangMessages {
    typealias Message = @Sendable (ZhejiangCall, inout Platform, inout Turn) throws(ZhejiangRefusal) -> ZhejiangAnswer

    static let all: [String: Message] = [
        "ZJ9653": ZhejiangPlans.create, "ZJ9654": ZhejiangPlans.change, "ZJ9655": ZhejiangPlans.cancel,
        "ZJ9656": ZhejiangSending.saveOrSend, "ZJ9657": ZhejiangOrderLines.list, "ZJ9670": ZhejiangPlanLines.list,
        "ZJ9604": ZhejiangStorehouses.list, "ZJ9605": ZhejiangStorehouses.save, "ZJ9652": ZhejiangCatalogue.list,
        "ZJ9671": ZhejiangShipments.list, "ZJ9658": ZhejiangReceipts.receive,
        "ZJ9659": ZhejiangReturns.apply, "ZJ9660": ZhejiangReturns.list,
        "ZJ9666": ZhejiangSettlements.create, "ZJ9667": ZhejiangSettlements.add,
        "ZJ9668": ZhejiangSettlements.submit, "ZJ9669": ZhejiangSettlements.examine,
    ]
}
