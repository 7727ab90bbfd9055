<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="drivers" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="rank">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="parameter">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="unit">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="low">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="central">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="high">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="persons_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="persons_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="swing">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="confidence">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="source_title">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="source_address">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="note">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="rank" index="0" name="Rank" />
  <alias field="parameter" index="1" name="Parameter" />
  <alias field="unit" index="2" name="Unit" />
  <alias field="low" index="3" name="Value, low" />
  <alias field="central" index="4" name="Value, central" />
  <alias field="high" index="5" name="Value, high" />
  <alias field="persons_low" index="6" name="Persons at low" />
  <alias field="persons_high" index="7" name="Persons at high" />
  <alias field="swing" index="8" name="Swing" />
  <alias field="confidence" index="9" name="Confidence" />
  <alias field="source_title" index="10" name="Source" />
  <alias field="source_address" index="11" name="Address" />
  <alias field="note" index="12" name="Note" />
  <alias field="posture" index="13" name="Posture" />
  <alias field="statement" index="14" name="What it means" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="rank" />
  <default applyOnUpdate="0" expression="" field="parameter" />
  <default applyOnUpdate="0" expression="" field="unit" />
  <default applyOnUpdate="0" expression="" field="low" />
  <default applyOnUpdate="0" expression="" field="central" />
  <default applyOnUpdate="0" expression="" field="high" />
  <default applyOnUpdate="0" expression="" field="persons_low" />
  <default applyOnUpdate="0" expression="" field="persons_high" />
  <default applyOnUpdate="0" expression="" field="swing" />
  <default applyOnUpdate="0" expression="" field="confidence" />
  <default applyOnUpdate="0" expression="" field="source_title" />
  <default applyOnUpdate="0" expression="" field="source_address" />
  <default applyOnUpdate="0" expression="" field="note" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="statement" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="rank" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="parameter" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unit" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="persons_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="persons_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="swing" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="confidence" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="source_title" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="source_address" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="note" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="rank" />
  <constraint desc="" exp="" field="parameter" />
  <constraint desc="" exp="" field="unit" />
  <constraint desc="" exp="" field="low" />
  <constraint desc="" exp="" field="central" />
  <constraint desc="" exp="" field="high" />
  <constraint desc="" exp="" field="persons_low" />
  <constraint desc="" exp="" field="persons_high" />
  <constraint desc="" exp="" field="swing" />
  <constraint desc="" exp="" field="confidence" />
  <constraint desc="" exp="" field="source_title" />
  <constraint desc="" exp="" field="source_address" />
  <constraint desc="" exp="" field="note" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="statement" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="central" />
  <field editable="0" name="confidence" />
  <field editable="0" name="high" />
  <field editable="0" name="low" />
  <field editable="0" name="note" />
  <field editable="0" name="parameter" />
  <field editable="0" name="persons_high" />
  <field editable="0" name="persons_low" />
  <field editable="0" name="posture" />
  <field editable="0" name="rank" />
  <field editable="0" name="source_address" />
  <field editable="0" name="source_title" />
  <field editable="0" name="statement" />
  <field editable="0" name="swing" />
  <field editable="0" name="unit" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"parameter"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
